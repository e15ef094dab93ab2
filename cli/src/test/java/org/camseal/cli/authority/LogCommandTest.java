package org.camseal.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.log.LogKey;
import org.camseal.authority.log.LogKeys;
import org.camseal.authority.log.LogLeaves;
import org.camseal.authority.log.LogRoutes;
import org.camseal.authority.log.TlogProof;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.cli.command.Fault;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.web.Access;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code camseal authority log check}, over HTTP and in a directory. */
class LogCommandTest {
    @TempDir
    private Path directory;

    private final Leaves leaves = new Leaves(new ArrayList<>());
    private TransparencyLog log;
    private Path key;

    private record Leaves(List<byte[]> list) implements LogLeaves {
        @Override
        public long size() {
            return list.size();
        }

        @Override
        public List<byte[]> leaves(long from, int most) {
            return List.copyOf(list.subList((int) from, (int) Math.min(list.size(), from + most)));
        }
    }

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void threeCameras() throws Exception {
        SecureRandom random = new SecureRandom();
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random);
        KeyHandle tls =
                SoftwareSecureElement.open(directory.resolve("element"), random).generate(Slot.TLS, KeySpec.P256);
        for (String serial : List.of("CS-1", "CS-2", "CS-3")) {
            CertificateSubject camera = new CertificateSubject("Maker", "Model", serial);
            var certificate =
                    maker.issueTls(CertificateRequest.sign(tls, camera), camera).getFirst();
            leaves.list()
                    .add(LogEntry.issued(CertificateProfile.DEVICE_TLS, serial, certificate)
                            .bytes());
        }
        LogKeys keys = LogKeys.create(directory.resolve("log.key"), "log.example.com/cameras", random);
        key = directory.resolve("log.pub");
        keys.publicKey().write(key);
        log = TransparencyLog.open(directory.resolve("log"), leaves, keys);
        log.publish();
    }

    private Outcome check(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("check", "--key", key.toString()));
        all.addAll(List.of(arguments));
        int code = new CommandLine(new LogCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((fault, _, _) -> {
                    err.append(Fault.explain(fault).getMessage());
                    return Fault.explain(fault).exitCode().number();
                })
                .execute(all.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    @Test
    void overHttpItSaysThatASerialHasExactlyOneCertificateAndKeepsTheProof() throws Exception {
        Routes routes = new Routes();
        new LogRoutes(log).add(routes);
        try (WebServer server = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes)) {
            Path proofs = directory.resolve("proofs");
            Outcome outcome = check(server.uri() + "log", "--serial", "CS-2", "--proofs", proofs.toString());
            assertThat(outcome.out()).contains("everything holds for 3 entries");
            assertThat(outcome.out()).contains("CS-2 device-tls: exactly one live certificate, entry 1");
            assertThat(outcome.code()).isZero();
            byte[] entry = Files.readAllBytes(proofs.resolve("CS-2-device-tls.entry"));
            String proof = Files.readString(proofs.resolve("CS-2-device-tls.tlog-proof"));
            assertThat(TlogProof.verify(proof, LogEntry.parse(entry), LogKey.read(key))
                            .inclusion()
                            .leafIndex())
                    .isEqualTo(1);
            assertThat(check(server.uri() + "log", "--json", "--serial", "CS-9").code())
                    .as("no such serial")
                    .isEqualTo(3);
            assertThat(check(server.uri() + "nothing").code())
                    .as("no log there")
                    .isEqualTo(3);
        }
    }

    @Test
    void aSecondCertificateIsToldAndTheStateOfOthersCatchesALie() throws Exception {
        Path state = directory.resolve("state");
        String place = directory.resolve("log").toString();
        assertThat(check(place, "--state", state.toString()).code()).isZero();
        leaves.list().add(leaves.list().get(1));
        log.publish();
        Outcome second = check(place, "--state", state.toString());
        assertThat(second.out()).contains("second certificate at entry 3");
        assertThat(second.code()).isEqualTo(1);
    }

    @Test
    void aWrongKeyFileAndAWrongPlaceHaveTheirOwnCodes() throws Exception {
        String place = directory.resolve("log").toString();
        assertThat(check(place).code()).isZero();
        assertThat(check("http://127.0.0.1:1/log").code())
                .as("nobody listens there")
                .isEqualTo(4);
        Files.writeString(key, "no key\n");
        Outcome wrong = check(place);
        assertThat(wrong.code()).isEqualTo(5);
        assertThat(wrong.err()).contains("is no log key");
    }
}
