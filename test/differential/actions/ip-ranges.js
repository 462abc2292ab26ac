// checks the address against CIDR ranges with bit operations
function toInt(ip) {
  return ip.split('.').reduce((acc, octet) => (acc << 8) + parseInt(octet, 10), 0) >>> 0;
}
function inRange(ip, cidr) {
  var parts = cidr.split('/');
  var mask = ~(2 ** (32 - Number(parts[1])) - 1);
  return (toInt(ip) & mask) === (toInt(parts[0]) & mask);
}
module.exports.onExecutePostChallenge = async function (event, api) {
  var ranges = ['10.0.0.0/8', '203.0.113.0/24', '198.51.100.7/32'];
  for (var i = 0; i < ranges.length; i++) {
    console.log('%d %s %j', i, ranges[i], inRange(event.request.ip, ranges[i]));
  }
  if (!ranges.some(function (r) { return inRange(event.request.ip, r); })) api.access.deny('network');
};
