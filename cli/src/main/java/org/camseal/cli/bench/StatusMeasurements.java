package org.camseal.cli.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.status.CertificateStatus;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.authority.status.OcspIssuer;
import org.camseal.authority.status.OcspResponder;
import org.camseal.authority.status.OcspSigner;
import org.camseal.authority.status.RevocationList;
import org.camseal.authority.status.Revoked;
import org.camseal.authority.status.StatusRoutes;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.web.Access;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** How quick status is: a revocation list of a million, and OCSP over kept-alive plain HTTP, asked by this same process. */
final class StatusMeasurements {
    private static final String BENCH = "authority";
    private static final long ENTRIES = 1_000_000;
    private static final int ASKERS = 32;
    private static final int QUESTIONS = 1_000;
    private static final BigInteger FIRST = BigInteger.ONE.shiftLeft(126); // 16 bytes, as our issuers give them
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final RevocationList.Issuer issuer;
    private final OcspSigner signer;

    /**
     * @param issuer an issuing authority with a key in software; its statuses are not asked
     * @param signer its delegate
     */
    StatusMeasurements(RevocationList.Issuer issuer, OcspSigner signer) {
        this.issuer = issuer;
        this.signer = signer;
    }

    /** One certificate in a thousand is good, the others are revoked; as many as are asked for. */
    record Everybody(long entries) implements CertificateStatuses {
        @Override
        public Optional<CertificateStatus> of(BigInteger number) {
            long index = number.subtract(FIRST).longValue();
            return Optional.of(index % 1000 == 0 ? new CertificateStatus.Good() : revoked(index));
        }

        @Override
        public void forEachRevoked(Consumer<Revoked> consumer) {
            for (long i = 0; i < entries; i++) {
                consumer.accept(revoked(i));
            }
        }

        private static Revoked revoked(long index) {
            Instant at = BEGIN.plusSeconds(index / 4);
            return new Revoked(
                    FIRST.add(BigInteger.valueOf(index)),
                    at,
                    CRLReason.KEY_COMPROMISE,
                    Optional.of(at.minusSeconds(86_400)));
        }
    }

    /** A list of a million certificates, each with a reason and an invalidity date, from the first to the durable file. */
    List<Measurement> list(Path directory) throws AuthorityException {
        RevocationList list = new RevocationList(
                new RevocationList.Issuer(issuer.certificate(), issuer.key(), new Everybody(ENTRIES)),
                directory.resolve("million.crl"),
                Duration.ofDays(7),
                InstantSource.system());
        long begin = System.nanoTime();
        RevocationList.Written written = list.write();
        double seconds = (System.nanoTime() - begin) / 1e9;
        String subject = "revocation list of a million";
        return List.of(
                new Measurement(BENCH, subject, "time", seconds, "s", new Target.Below(10)),
                Measurement.of(BENCH, subject, "size", written.bytes() / 1e6, "MB"));
    }

    /** Answers a second, each signed, and each given again. */
    List<Measurement> ocsp(Duration each) throws WebException, IOException, InterruptedException {
        OcspResponder responder = new OcspResponder(
                List.of(new OcspIssuer(issuer.certificate(), () -> signer, new Everybody(ENTRIES))),
                OcspResponder.Settings.USUAL,
                InstantSource.system());
        Routes routes = new Routes();
        new StatusRoutes(responder, List.of(), InstantSource.system()).add(routes);
        List<Measurement> measurements = new ArrayList<>();
        try (WebServer server = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes)) {
            StatusAskers askers = new StatusAskers(server.port(), ASKERS);
            for (boolean nonce : new boolean[] {true, false}) {
                List<byte[]> questions = askers.questions(issuer.certificate(), FIRST, QUESTIONS, nonce);
                askers.answersPerSecond(questions, Duration.ofSeconds(1)); // what Java compiles
                measurements.add(new Measurement(
                        BENCH,
                        nonce ? "OCSP, a nonce in each question" : "OCSP, no nonce, 1000 certificates",
                        "answers",
                        askers.answersPerSecond(questions, each),
                        "1/s",
                        new Target.AtLeast(2000)));
            }
        }
        return measurements;
    }
}
