// What a VMS does with a camera, by the npm package "onvif": searches, logs in, asks for profiles and the stream's address, hears events, and
// has the camera show a certificate of its owner.
// One JSON object on standard output; any failure ends with exit code 1.
//
//   node vms.js search ENDPOINT                         finds the camera of that endpoint by multicast on the loopback interface
//   node vms.js use HOST PORT USER PASSWORD ROOT.pem SERIAL
//                      uses it, over HTTPS with the certificate of the camera of that serial, for which ROOT.pem vouches
//   node vms.js certify HOST PORT USER PASSWORD ROOT.pem SERIAL
//                      as an administrator: a key of RSA, a certificate that it signs itself, shown by HTTPS; then all as it was
'use strict';
const fs = require('fs');
const https = require('https');
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

/** What goes wrong with a promise that shall not come true. */
function refusal(promise) {
  return promise.then(() => 'none', error => String(error.message));
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

/** The camera of that serial; each question goes by a handshake of its own, so that the certificate shown is seen each time. */
async function connect(hostname, port, username, password, root, serial) {
  const cam = new Cam({
    hostname, port, username, password,
    useSecure: true,
    secureOpts: trust(fs.readFileSync(root), serial),
    agent: new https.Agent({keepAlive: false, maxCachedSessions: 0}),
    timeout: 60000,
    autoconnect: false,
  });
  await ask(cam, 'connect');
  return cam;
}

/** A camera's certificate names the camera, not a host. */
function trust(ca, serial) {
  return {
    ca,
    checkServerIdentity: (_, certificate) =>
      certificate.subject.serialNumber === serial ? undefined : new Error(`not the camera ${serial}`),
  };
}

/** Topics of the events of a pull, each with its values. */
function told(answer) {
  return [].concat(answer.notificationMessage || []).map(message => {
    const items = [].concat(message.message.message.source.simpleItem, message.message.message.data.simpleItem);
    return [message.topic._, ...items.map(item => `${item.$.Name}=${item.$.Value}`)].join(' ');
  });
}

/** The encoder of the first profile, once the camera has measured how fast its stream is. */
async function encoder(cam, triesLeft) {
  const found = cam.profiles[0].videoEncoderConfiguration;
  if (found.rateControl || triesLeft === 0) {
    return found;
  }
  await new Promise(resolve => setTimeout(resolve, 100));
  await ask(cam, 'getProfiles');
  return encoder(cam, triesLeft - 1);
}

async function use(...camera) {
  const cam = await connect(...camera);
  const information = await ask(cam, 'getDeviceInformation');
  const stream = await ask(cam, 'getStreamUri', {protocol: 'RTSP'});
  const refused = await refusal(ask(cam, 'getStreamUri', {protocol: 'UDP'}));
  const snapshot = await ask(cam, 'getSnapshotUri').then(told => told.uri, error => error.message);
  const topics = await ask(cam, 'getEventProperties');
  await ask(cam, 'createPullPointSubscription');
  const events = await ask(cam, 'pullMessages', {messageLimit: 2});
  const more = await ask(cam, 'pullMessages', {messageLimit: 10});
  const renewed = await ask(cam, 'renew', {});
  const {subscription} = cam.events;
  await ask(cam, 'unsubscribe');
  cam.events.subscription = subscription;
  const over = await refusal(ask(cam, 'pullMessages', {messageLimit: 1}));
  const measured = await encoder(cam, 600);
  cam.media2Support = false; // as a client that knows the older media service only
  const older = await ask(cam, 'getStreamUri', {protocol: 'RTSP'});
  console.log(JSON.stringify({
    information,
    profiles: cam.profiles.map(profile => profile.$.token),
    encoder: measured,
    stream: stream.uri, older: older.uri, refusal: refused, snapshot,
    topics: Object.keys(topics.topicSet),
    first: told(events).length, events: [...told(events), ...told(more)], renewed: renewed.terminationTime, over,
  }));
  process.exit(0);
}

/** A call of the security service, which the package has no methods for; what the elements of the answer hold. */
function security(cam, operation, inside) {
  const body = `${cam._envelopeHeader()}<${operation} xmlns="http://www.onvif.org/ver10/advancedsecurity/wsdl">${inside}</${operation}>${cam._envelopeFooter()}`;
  return new Promise((resolve, reject) =>
    cam._request({service: 'advancedsecurity', body}, (error, _, xml) => (error
      ? reject(error)
      : resolve(element => xml.match(new RegExp(`:${element}>([^<]*)<`))[1]))));
}

async function certify(...camera) {
  const cam = await connect(...camera);
  const key = (await security(cam, 'CreateRSAKeyPair', '<KeyLength>2048</KeyLength>'))('KeyID');
  const statuses = [];
  while (statuses.at(-1) !== 'ok') {
    if (statuses.length > 0) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    statuses.push((await security(cam, 'GetKeyStatus', `<KeyID>${key}</KeyID>`))('KeyStatus'));
    if (statuses.length > 600 || statuses.at(-1) === 'corrupt') {
      fail(`the key is ${statuses.at(-1)}`);
    }
  }
  // RSASSA-PSS; the alternative name is the address 127.0.0.1 in DER
  const certificate = (await security(cam, 'CreateSelfSignedCertificate',
    `<Subject><CommonName>gate</CommonName></Subject><KeyID>${key}</KeyID>
    <SignatureAlgorithm><algorithm>1.2.840.113549.1.1.10</algorithm></SignatureAlgorithm>
    <Extension><extnOID>2.5.29.17</extnOID><critical>false</critical><extnValue>MAaHBH8AAAE=</extnValue></Extension>`))('CertificateID');
  const content = (await security(cam, 'GetCertificate', `<CertificateID>${certificate}</CertificateID>`))('CertificateContent');
  const own = `-----BEGIN CERTIFICATE-----\n${content.match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----\n`;
  const path = (await security(cam, 'CreateCertificationPath',
    `<CertificateIDs><CertificateID>${certificate}</CertificateID></CertificateIDs>`))('CertificationPathID');
  const makers = (await security(cam, 'GetAssignedServerCertificates', ''))('CertificationPathID');
  const makersTrust = cam.secureOpts;
  const ownersTrust = {ca: own};
  const information = trusted => {
    cam.secureOpts = trusted;
    return ask(cam, 'getDeviceInformation');
  };
  const replace = (from, to) => security(cam, 'ReplaceServerCertificateAssignment',
    `<OldCertificationPathID>${from}</OldCertificationPathID><NewCertificationPathID>${to}</NewCertificationPathID>`);
  const before = await refusal(information(ownersTrust));
  cam.secureOpts = makersTrust;
  await replace(makers, path);
  const makersThen = await refusal(information(makersTrust));
  const {serialNumber} = await information(ownersTrust);
  const assigned = (await security(cam, 'GetAssignedServerCertificates', ''))('CertificationPathID');
  await replace(path, makers);
  const after = await refusal(information(ownersTrust));
  await information(makersTrust);
  await security(cam, 'DeleteKey', `<KeyID>${key}</KeyID>`);
  console.log(JSON.stringify({statuses, before, makersThen, serialNumber, shown: assigned === path, after}));
  process.exit(0);
}

if (task === 'search') {
  search(rest[0], 20);
} else if (task === 'use') {
  use(...rest).catch(fail);
} else if (task === 'certify') {
  certify(...rest).catch(fail);
} else {
  fail('usage: vms.js search ENDPOINT | use|certify HOST PORT USER PASSWORD ROOT.pem SERIAL');
}
