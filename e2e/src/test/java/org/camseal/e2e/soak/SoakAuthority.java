package org.camseal.e2e.soak;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.RequesterCheck;
import org.camseal.authority.est.EstProtocol;
import org.camseal.authority.register.InstanceLock;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.DeviceIssuing;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Pem;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/**
 * The registration authority with EST, as a process of its own that dies when and where it is told to: register, registration authority and
 * protocol are the real ones; the issuing key is in a soft element, which is a process below this one.
 */
final class SoakAuthority {
    private SoakAuthority() {}

    /** {@code DIRECTORY PORT STEP COUNT}: dies as by kill -9 when that step of a certificate is reached for that many times. */
    public static void main(String[] arguments) throws Exception {
        SoakPlaces places = new SoakPlaces(Path.of(arguments[0]));
        int port = Integer.parseInt(arguments[1]);
        RegistrationAuthority.Step fatal = RegistrationAuthority.Step.valueOf(arguments[2]);
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[3]));
        InstanceLock lock = InstanceLock.take(places.register());
        Register register = Register.open(places.register(), InstantSource.system());
        SecureElement element = ElementAddress.opener(new SecureRandom()).open("soft", places.issuingElement());
        X509Certificate issuing = Pem.readCertificates(places.issuing()).getFirst();
        X509Certificate deviceRoot = Pem.readCertificates(places.deviceRoot()).getFirst();
        WitnessedKey key = new WitnessedKey(element.key(Slot.ISSUING).orElseThrow(), places.witnessed());
        RegistrationAuthority authority = RegistrationAuthority.open(
                register,
                new DeviceIssuing(new CertificateWriter.Issuer(key, issuing), new SecureRandom()),
                new SecureRandom(),
                step -> {
                    if (step == fatal && left.decrementAndGet() == 0) {
                        Runtime.getRuntime().halt(137);
                    }
                });
        int taken = authority.recover();
        TrustEvaluator trust = new TrustEvaluator(
                new TrustRoots(List.of(deviceRoot), List.of(), Pem.readCertificates(places.operationsRoot())));
        Routes routes = new Routes();
        new EstProtocol(
                        new SoakDesk(authority, register),
                        new RequesterCheck(trust, InstantSource.system()),
                        () -> List.of(issuing, deviceRoot))
                .add(routes);
        WebServer server = WebServer.start(
                WebSettings.https(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                TlsContexts.askingServer(serverKey(places)),
                                ClientCertificates.WANTED)
                        .withHostNames(Set.of(CuttingRelay.HOST)),
                routes);
        System.out.println("ready " + server.port() + ", " + taken + " intents taken up");
        System.out.flush();
        while (System.in.read() >= 0) {
            // until who started this ends
        }
        server.close();
        element.close();
        register.close();
        lock.close();
    }

    private static CertifiedKey serverKey(SoakPlaces places) throws Exception {
        return new CertifiedKey(
                SoftwareSecureElement.open(places.keys().resolve("server"), new SecureRandom())
                        .key(Slot.TLS)
                        .orElseThrow(),
                Pem.readCertificates(places.server()));
    }
}
