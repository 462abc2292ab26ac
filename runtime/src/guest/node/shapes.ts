/**
 * The functions of Node's modules that are made by `shaped`: name and number of parameters, in Node's order. `=` names the
 * function where it is called otherwise, `[…]` holds what is on a class itself, `{…}` what is on its prototype, `~` marks an
 * accessor. A table: kept true by the test that compares every module with Node's own. Names that begin with an underscore
 * are Node's own business and left out.
 */
export const shapes = {
  process: `
    binding/1 dlopen/0 uptime/0 getActiveResourcesInfo/0 reallyExit/0 loadEnvFile/0 cpuUsage/1 threadCpuUsage/1
    resourceUsage/0 memoryUsage/0[rss/0] constrainedMemory/0 availableMemory/0 kill/2 exit/1 execve/1 ref/1 unref/1
    hrtime/1[bigint=hrtimeBigInt/0] openStdin=/0 getuid/0 geteuid/0 getgid/0 getegid/0 getgroups/0
    setUncaughtExceptionCaptureCallback/1 addUncaughtExceptionCaptureCallback/1
    hasUncaughtExceptionCaptureCallback/0 emitWarning/4 nextTick/1 setSourceMapsEnabled/1 getBuiltinModule/1 abort/0
    umask=wrappedUmask/1 chdir=/1 cwd=wrappedCwd/0 initgroups/2 setgroups/1 setegid=/1 seteuid=/1
    setgid=/1 setuid=/1
  `,
  os: `
    arch/0 availableParallelism=/0 cpus/0 endianness/0 freemem=/0 getPriority/1 homedir=wrappedFn/0
    hostname=wrappedFn/0 loadavg/0 networkInterfaces/0 platform/0 release=getOSRelease/0 setPriority/2 tmpdir/0
    totalmem=/0 type=getOSType/0 userInfo/1 uptime=wrappedFn/0 version=getOSVersion/0 machine=getMachine/0
  `,
  tty: `
    isatty/1 ReadStream/2{setRawMode=/1} WriteStream/1{getColorDepth/0 hasColors/2 cursorTo=/3 moveCursor=/3
    clearLine=/2 clearScreenDown=/1 getWindowSize=/0}
  `,
  async_hooks: `
    AsyncLocalStorage/0[bind/1 snapshot/0]{disable/0 enterWith/1 run/2 exit/1 getStore/0 withScope/1} createHook/1
    executionAsyncId/0 triggerAsyncId/0 executionAsyncResource/0 AsyncResource/1[bind/3]{runInAsyncScope/2
    emitDestroy/0 asyncId/0 triggerAsyncId/0 bind/2}
  `,
  diagnostics_channel: `
    channel/1 hasSubscribers/1 subscribe/2 tracingChannel/1 unsubscribe/2 boundedChannel/1 Channel/1{subscribe/1
    unsubscribe/0 bindStore/2 unbindStore/0 hasSubscribers~ publish/0 runStores/3 withStoreScope/0}
    BoundedChannel/1{hasSubscribers~ subscribe/1 unsubscribe/1 withScope/0 run/3}
  `,
  perf_hooks: `
    monitorEventLoopDelay/0 eventLoopUtilization/2 timerify/1 createHistogram/0 createSlidingWindowHistogram/1
    importHistogram/1
  `,
  module: `
    wrap/1 isBuiltin/1 createRequire/1 syncBuiltinESMExports/0 Module/0{isPreloading~ parent~ load=/1 require=/1}
    registerHooks/1 runMain=executeUserEntryPoint/0 register/1 enableCompileCache/1 findPackageJSON/1
    flushCompileCache/0 getCompileCacheDir/0 stripTypeScriptTypes/1 findSourceMap/1 SourceMap/1{payload~
    lineLengths~ findEntry/2 findOrigin/2} getSourceMapsSupport/0 setSourceMapsSupport/1
  `,
  v8: `
    cachedDataVersionTag/0 getHeapSnapshot/1 getHeapStatistics/0 getHeapSpaceStatistics/0 getHeapCodeStatistics/0
    getCppHeapStatistics/0 setFlagsFromString/1 Serializer/0{writeHeader/0 writeValue/0 releaseBuffer/0
    transferArrayBuffer/0 writeUint32/0 writeUint64/0 writeDouble/0 writeRawBytes/0} Deserializer/1{readHeader/0
    readValue/0 getWireFormatVersion/0 transferArrayBuffer/0 readUint32/0 readUint64/0 readDouble/0 readRawBytes/1}
    DefaultSerializer/0{} DefaultDeserializer/0{} deserialize/1 takeCoverage/0 stopCoverage/0 serialize/1
    writeHeapSnapshot/2 queryObjects/1 setHeapSnapshotNearHeapLimit/1 setHeapProfileNearHeapLimit/1
    GCProfiler/0{start/0 stop/0} isStringOneByteRepresentation/1 startCpuProfile/1 startHeapProfile/1
  `,
  vm: `
    Script/1{runInThisContext/1 runInContext/2 runInNewContext/2} createContext/0 createScript/2 runInContext/3
    runInNewContext/3 runInThisContext/2 isContext/1 compileFunction/2 measureMemory/0
  `,
  inspector: `
    open=inspectorOpen/3 close=_debugEnd/0 url/0 waitForDebugger=inspectorWaitForDebugger/0 Session/0{connect/0
    connectToMainThread/0 post/3 disconnect/0}
  `,
  'inspector/promises': `
    open=inspectorOpen/3 close=_debugEnd/0 url/0 waitForDebugger=inspectorWaitForDebugger/0 Session/0{post/3}
  `,
  readline: `
    Interface/4{question/3} clearLine/3 clearScreenDown/2 createInterface/4 cursorTo/4 emitKeypressEvents/1
    moveCursor/4
  `,
  'readline/promises': `
    Interface/0{question/1} Readline/1{cursorTo/1 moveCursor/2 clearLine/1 clearScreenDown/0 commit/0 rollback/0}
    createInterface/4
  `,
  repl: `
    start/6 writer/1 REPLServer/6{setupHistory/0 clearBufferedCommand/0 close/0 createContext/0 resetContext/0
    displayPrompt/1 setPrompt/1 complete/0 completeOnEditorMode/1 defineCommand/2} Recoverable/1{} isValidSyntax/1
  `,
  cluster: `
    Worker/1{kill=/0 send=/0 isDead=/0 isConnected=/0 disconnect=/0 destroy=/1} setupPrimary=/1 setupMaster=/1
    fork=/1 disconnect=/1
  `,
  dgram: `
    createSocket/2 Socket/2{bind=/2 bindSync=/0 connect=/3 connectSync=/2 disconnect=/0 sendto=/6 send=/6 close=/1
    address=/0 remoteAddress=/0 setBroadcast=/1 setTTL=/1 setMulticastTTL=/1 setMulticastLoopback=/1
    setMulticastInterface=/1 addMembership=/2 dropMembership=/2 addSourceSpecificMembership=/3
    dropSourceSpecificMembership=/3 ref=/0 unref=/0 setRecvBufferSize=/1 setSendBufferSize=/1 getRecvBufferSize=/0
    getSendBufferSize=/0 getSendQueueSize=/0 getSendQueueCount=/0}
  `,
  worker_threads: `
    markAsUncloneable/1 markAsUntransferable/1 isMarkedAsUntransferable/1 moveMessagePortToContext/0
    receiveMessageOnPort/1 postMessageToThread/4 Worker/1{postMessage/0 terminate/0 ref/0 unref/0 threadId~
    threadName~ stdin~ stdout~ stderr~ resourceLimits~ getHeapSnapshot/1 getHeapStatistics/0 cpuUsage/1
    startCpuProfile/1 startHeapProfile/1} setEnvironmentData/2 getEnvironmentData/1
  `,
  child_process: `
    ChildProcess/0{spawn/1 kill/1 ref/0 unref/0} exec/3 execFile/4 execFileSync/3 execSync/2 fork/1 spawn/3
    spawnSync/3
  `,
  http: `
    Agent/1{createConnection/0 getName/0 addRequest/4 createSocket/3 removeSocket/2 keepSocketAlive/1 reuseSocket/2
    destroy/0} ClientRequest/3{path~ abort/0 destroy/1 onSocket/2 setTimeout/2 setNoDelay/1 setSocketKeepAlive/2
    clearTimeout/1} IncomingMessage/1{connection~ headers~ headersDistinct~ trailers~ trailersDistinct~ signal~
    setTimeout/2} OutgoingMessage/1{errored~ closed~ writableFinished~ writableObjectMode~ writableLength~
    writableHighWaterMark~ writableCorked~ connection~ socket~ cork/0 uncork/0 setTimeout/2 destroy/1 setHeader/2
    setHeaders/1 appendHeader/2 getHeader/1 getHeaderNames/0 getRawHeaderNames/0 getHeaders/0 hasHeader/1
    removeHeader/1 headersSent~ writableEnded~ writableNeedDrain~ write/3 addTrailers/1 end/3 flushHeaders/0 pipe/0}
    Server/2{close/0 closeAllConnections/0 closeIdleConnections/0 setTimeout/2} ServerResponse/2{assignSocket/1
    detachSocket/1 writeInformation/3 writeContinue/1 writeProcessing/1 writeEarlyHints/2 writeHead/3}
    createServer/2 validateHeaderName/0 validateHeaderValue/0 get/3 request/3 setMaxIdleHTTPParsers/1
    setGlobalProxyFromEnv/0
  `,
  https: `
    Agent/1{createConnection/0 keepSocketAlive/1 getName/0} Server/2{closeAllConnections/0 closeIdleConnections/0
    setTimeout/2 close/0} createServer/2 get/3 request/0
  `,
  http2: `
    connect/3 createServer/2 createSecureServer/2 getDefaultSettings/0 getPackedSettings/1 getUnpackedSettings/1
    performServerHandshake/1 Http2ServerRequest/4{aborted~ complete~ stream~ headers~ rawHeaders~ trailers~
    rawTrailers~ httpVersionMajor~ httpVersionMinor~ httpVersion~ socket~ connection~ method~ authority~ scheme~
    url~ setTimeout/2} Http2ServerResponse/2{writableEnded~ finished~ socket~ connection~ stream~ headersSent~
    sendDate~ statusCode~ writableCorked~ writableHighWaterMark~ writableObjectMode~ writableFinished~
    writableLength~ writableNeedDrain~ setTrailer/2 addTrailers/1 getHeader/1 getHeaderNames/0 getHeaders/0
    hasHeader/1 removeHeader/1 setHeader/2 appendHeader/2 statusMessage~ flushHeaders/0 writeHead/3 cork/0 uncork/0
    write/3 end/3 destroy/1 setTimeout/2 createPushResponse/2 writeInformation/2 writeContinue/0 writeEarlyHints/1}
  `,
  tls: `
    getCiphers=/0 getCertificateCompressionAlgorithms=/0 getCACertificates/0 setDefaultCACertificates/1
    convertALPNProtocols/2 checkServerIdentity/2 createSecureContext/1 SecureContext/4
    TLSSocket/2{disableRenegotiation/0 renegotiate=/2 exportKeyingMaterial=/3 setMaxSendFragment/1 setServername=/1
    setSession=/1 getSession=/0 getPeerCertificate=/1 getCertificate=/0 getPeerX509Certificate=/1
    getX509Certificate=/0 setKeyCert=/1 getCipher=socketMethodProxy/0 getSharedSigalgs=socketMethodProxy/0
    getEphemeralKeyInfo=socketMethodProxy/0 getFinished=socketMethodProxy/0 getPeerFinished=socketMethodProxy/0
    getProtocol=socketMethodProxy/0 getTLSTicket=socketMethodProxy/0 isSessionReused=socketMethodProxy/0
    enableTrace=socketMethodProxy/0} Server/2{setSecureContext=/1 getTicketKeys/0 setTicketKeys/1 addContext=/2}
    createServer/2 connect/0
  `,
  net: `
    BlockList/0[isBlockList/1]{addAddress/1 addAddresses/1 addRange/2 addSubnet/2 addCIDR/1 addCIDRs/1
    removeAddress/1 removeRange/2 removeSubnet/2 removeCIDR/1 check/1 clear/0 toJSON/0 fromJSON/1 rules~ size~}
    SocketAddress/0[isSocketAddress/1 parse/1]{address~ port~ family~ flowlabel~ toJSON/0} BoundSocket/0{address/0
    fd/0 close/0 isPipe~} connect/0 createConnection=connect/0 createServer/2 isIP/1 isIPv4/1 isIPv6/1
    Server/2{listen=/0 listening~ address=/0 getConnections=/1 close=/1 ref=/0 unref=/0}
    Socket/1{setTimeout=setStreamTimeout/2 setNoDelay=/1 setKeepAlive=/4 setTypeOfService=/1 getTypeOfService=/0
    address=/0 pending~ readyState~ bufferSize~ end=/3 resetAndDestroy=/0 pause=/0 resume=/0 read=/1 destroySoon=/0
    bytesRead~ remoteAddress~ remoteFamily~ remotePort~ localAddress~ localPort~ localFamily~ bytesWritten~
    connect=/0 ref=/0 unref=/0} getDefaultAutoSelectFamily/0 setDefaultAutoSelectFamily/1
    getDefaultAutoSelectFamilyAttemptTimeout/0 setDefaultAutoSelectFamilyAttemptTimeout/1
  `,
  dns: `
    lookup/3 lookupService/3 Resolver/0{resolveAny=queryAny/2 resolve4=queryA/2 resolve6=queryAaaa/2
    resolveCaa=queryCaa/2 resolveCname=queryCname/2 resolveMx=queryMx/2 resolveNs=queryNs/2 resolveTlsa=queryTlsa/2
    resolveTxt=queryTxt/2 resolveSrv=querySrv/2 resolvePtr=queryPtr/2 resolveNaptr=queryNaptr/2
    resolveSoa=querySoa/2 reverse=getHostByAddr/2 resolve/3} getDefaultResultOrder/0 setDefaultResultOrder/1
    setServers=defaultResolverSetServers/1 getServers=bound_getServers/0 resolve=bound_resolve/3
    resolve4=bound_queryA/2 resolve6=bound_queryAaaa/2 resolveAny=bound_queryAny/2 resolveCaa=bound_queryCaa/2
    resolveCname=bound_queryCname/2 resolveMx=bound_queryMx/2 resolveNaptr=bound_queryNaptr/2
    resolveNs=bound_queryNs/2 resolvePtr=bound_queryPtr/2 resolveSoa=bound_querySoa/2 resolveSrv=bound_querySrv/2
    resolveTlsa=bound_queryTlsa/2 resolveTxt=bound_queryTxt/2 reverse=bound_getHostByAddr/2
  `,
  'dns/promises': `
    lookup/2 lookupService/2 Resolver/0{resolveAny=queryAny/2 resolve4=queryA/2 resolve6=queryAaaa/2
    resolveCaa=queryCaa/2 resolveCname=queryCname/2 resolveMx=queryMx/2 resolveNs=queryNs/2 resolveTlsa=queryTlsa/2
    resolveTxt=queryTxt/2 resolveSrv=querySrv/2 resolvePtr=queryPtr/2 resolveNaptr=queryNaptr/2
    resolveSoa=querySoa/2 reverse=getHostByAddr/2 resolve/2} getDefaultResultOrder/0 setDefaultResultOrder/1
    setServers=defaultResolverSetServers/1 getServers=bound_getServers/0 resolve=bound_resolve/2
    resolve4=bound_queryA/2 resolve6=bound_queryAaaa/2 resolveAny=bound_queryAny/2 resolveCaa=bound_queryCaa/2
    resolveCname=bound_queryCname/2 resolveMx=bound_queryMx/2 resolveNaptr=bound_queryNaptr/2
    resolveNs=bound_queryNs/2 resolvePtr=bound_queryPtr/2 resolveSoa=bound_querySoa/2 resolveSrv=bound_querySrv/2
    resolveTlsa=bound_queryTlsa/2 resolveTxt=bound_queryTxt/2 reverse=bound_getHostByAddr/2
  `,
  fs: `
    appendFile/4 appendFileSync/3 access/3 accessSync/2 chown/4 chownSync/3 chmod/3 chmodSync/2 close/1 closeSync/1
    copyFile/4 copyFileSync/3 cp/4 cpSync/3 createReadStream/2 createWriteStream/2 exists/2 existsSync/1 fchown/4
    fchownSync/3 fchmod/3 fchmodSync/2 fdatasync/2 fdatasyncSync/1 fstat/1 fstatSync/1 fsync/2 fsyncSync/1
    ftruncate/1 ftruncateSync/1 futimes/4 futimesSync/3 glob/3 globSync/2 lchown/4 lchownSync/3 link/3 linkSync/2
    lstat/1 lstatSync/1 lutimes/4 lutimesSync/3 mkdir/3 mkdirSync/2 mkdtemp/3 mkdtempSync/2 mkdtempDisposableSync/2
    open/4 openSync/3 openAsBlob/1 openAsBlobSync/1 readdir/3 readdirSync/2 read/6 readSync/5 readv/4 readvSync/3
    readFile/3 readFileSync/2 readlink/3 readlinkSync/2 realpath/3[native=/3] realpathSync/2[native=/2] rename/3
    renameSync/2 rm/3 rmSync/2 rmdir/3 rmdirSync/2 stat/1 statfs/1 statSync/1 statfsSync/1 symlink/4 symlinkSync/3
    truncate/3 truncateSync/2 unwatchFile/2 unlink/2 unlinkSync/1 utimes/4 utimesSync/3 watch/3 watchFile/3
    writeFile/4 writeFileSync/3 write/6 writeSync/5 writev/4 writevSync/3 Dirent/3{isDirectory/0 isFile/0
    isBlockDevice/0 isCharacterDevice/0 isSymbolicLink/0 isFIFO/0 isSocket/0} Stats=deprecated/18{atime~ mtime~
    ctime~ birthtime~ atimeInstant~ mtimeInstant~ ctimeInstant~ birthtimeInstant~} ReadStream/2{autoClose~ close=/1
    pending~} WriteStream/2{autoClose~ close=/1 destroySoon=/3 pending~} Utf8Stream/0{write/1 flush/0 flushSync/0
    reopen/1 end/0 destroy/0 mode~ file~ fd~ minLength~ maxLength~ writing~ sync~ fsync~ append~ periodicFlush~
    contentMode~ mkdir~} Dir/3{path~ read/1 readSync/0 close/1 closeSync/0 entries/0} opendir/3 opendirSync/2
  `,
  'fs/promises': `
    access/1 copyFile/3 cp/3 glob/2 open/3 opendir/3 rename/2 truncate/1 rm/2 rmdir/2 mkdir/2 readdir/2 readlink/2
    symlink/3 lstat/1 stat/1 statfs/1 link/2 unlink/1 chmod/2 lchmod/2 lchown/3 chown/3 utimes/3 lutimes/3
    realpath/2 mkdtemp/2 mkdtempDisposable/2 writeFile/3 appendFile/3 readFile/2 watch=_watch/1
  `,
  wasi: `
    WASI/0{finalizeBindings/1 start/1 initialize/1 getImportObject/0}
  `,
  trace_events: `
    createTracing/1 getEnabledCategories/0
  `,
  domain: `
    Domain/0{enter=/0 exit=/0 add=/1 remove=/1 run=/1 intercept=/1 bind=/1} createDomain/0 create=createDomain/0
  `,
} as const
