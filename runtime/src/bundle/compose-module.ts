/**
 * The author's compiled file and the script of its packages, as one module.
 *
 * Both are functions of their own: nothing of one can be named in the other. Each text has been printed by esbuild as a
 * complete script, so neither can close its function early. The author's file comes first, one line further down.
 */
import { createHash } from 'node:crypto'
import type { Artifact } from './artifact.ts'

const head = 'return(function(module,exports,console,require){\n'

/** What packages find as `__filename` and `__dirname`: names of files that are not there. */
const places = '"/node_modules/package/index.js","/node_modules/package"'

const requireFrom = (packages: string): string => `(function(own){
const offered=(function(require,module,exports,__filename,__dirname){
${packages}
;return module.exports}).call(void 0,own,{exports:{}},void 0,${places})
const require=(id)=>typeof id==="string"&&id in offered?offered[id]():own(id)
return Object.setPrototypeOf(require,own)})(require)`

const oneLineDown = (sourceMap: string): string => {
  const map = JSON.parse(sourceMap) as { mappings: string }
  return JSON.stringify({ ...map, mappings: `;${map.mappings}` })
}

export const composeModule = (author: Artifact, packages: string): Artifact => {
  const code = `${head}${author.code}\n}).call(void 0,module,exports,console,${requireFrom(packages)})`
  return {
    hash: createHash('sha256').update(code).digest('hex'),
    code,
    sourceMap: oneLineDown(author.sourceMap),
    fileName: author.fileName,
  }
}
