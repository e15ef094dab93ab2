// What a VMS does with a camera, by the npm package "onvif": searches, logs in, asks for profiles and the stream's address, and hears an event.
// One JSON object on standard output; any failure ends with exit code 1.
//
//   node vms.js search ENDPOINT                         finds the camera of that endpoint by multicast on the loopback interface
//   node vms.js use HOST PORT USER PASSWORD ROOT.pem SERIAL
//                      uses it, over HTTPS with the certificate of the camera of that serial, for which ROOT.pem vouches
'use strict';
const fs = require('fs');
const {Cam, Discovery} = require('onvif');

const [task, ...rest] = process.argv.slice(2);

function fail(error) {
  console.error(String(error && error.message ? error.message : error));
  process.exit(1);
}

/** A method of the package, which calls back, as a promise. */
function ask(cam, name, ...values) {
  return new Promise((resolve, reject) =>
    cam[name](...values, (error, value) => (error ? reject(error) : resolve(value))));
}

/** Searches until that camera answers: a datagram may be lost. Others on this machine may answer too. */
function search(endpoint, triesLeft) {
  Discovery.removeAllListeners();
  Discovery.on('error', () => {});
  Discovery.on('device', found => {
    const match = found.probeMatches.probeMatch;
    if (match.endpointReference.address === endpoint) {
      console.log(JSON.stringify({endpoint, addresses: match.XAddrs, scopes: match.scopes, types: match.types}));
      process.exit(0);
    }
  });
  Discovery.probe({device: 'lo', timeout: 2000, resolve: false}, () =>
    triesLeft > 0 ? search(endpoint, triesLeft - 1) : fail('the camera did not answer'));
}

async function use(hostname, port, username, password, root, serial) {
  const cam = new Cam({
    hostname, port, username, password,
    useSecure: true,
    secureOpts: {
      ca: fs.readFileSync(root),
      // A camera's certificate names the camera, not a host.
      checkServerIdentity: (_, certificate) =>
        certificate.subject.serialNumber === serial ? undefined : new Error(`not the camera ${serial}`),
    },
    timeout: 60000,
    autoconnect: false,
  });
  await ask(cam, 'connect');
  const information = await ask(cam, 'getDeviceInformation');
  const stream = await ask(cam, 'getStreamUri', {protocol: 'RTSP'});
  const refusal = await ask(cam, 'getStreamUri', {protocol: 'UDP'}).then(() => 'none', error => error.message);
  const topics = await ask(cam, 'getEventProperties');
  await ask(cam, 'createPullPointSubscription');
  const events = await ask(cam, 'pullMessages', {timeout: 'PT0S', messageLimit: 10});
  cam.media2Support = false; // as a client that knows the older media service only
  const older = await ask(cam, 'getStreamUri', {protocol: 'RTSP'});
  console.log(JSON.stringify({
    information,
    profiles: cam.profiles.map(profile => profile.$.token),
    stream: stream.uri, older: older.uri, refusal,
    topics: Object.keys(topics.topicSet),
    events: [].concat(events.notificationMessage || []).map(message => message.topic._),
  }));
  process.exit(0);
}

if (task === 'search') {
  search(rest[0], 20);
} else if (task === 'use') {
  use(...rest).catch(fail);
} else {
  fail('usage: vms.js search ENDPOINT | use HOST PORT USER PASSWORD ROOT.pem SERIAL');
}
