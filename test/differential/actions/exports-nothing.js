// refuses a module whose exports are no object
module.exports = 'text';
