package org.camseal.authority.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentHouse;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.HouseDesk;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TlsContexts;
import org.camseal.web.WebClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A registration authority in front of another authority: that one signs, this one decides. */
@Timeout(120)
class UpstreamTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path directory;

    /** How the other one is asked. */
    enum Way {
        EST,
        CMP
    }

    private static WebClient web(EnrolmentHouse behind, CertifiedKey own) {
        return new WebClient(
                URI.create(behind.url("/")),
                Optional.of(TlsContexts.clientElsewhere(own, List.of(behind.operationsRoot()))),
                Optional.empty(),
                WebClient.Limits.USUAL);
    }

    private Upstream upstream(Way way, WebClient web, CertifiedKey own, X509Certificate signer) {
        return switch (way) {
            case EST -> new EstUpstream(web, EstUpstream.usualPaths());
            case CMP ->
                new CmpUpstream(
                        web, CmpUpstream.usualPaths(), new UpstreamMessages(own, signer, CLOCK, new SecureRandom()));
        };
    }

    private EnrolmentRequest wish(String serial) throws Exception {
        CertificateSubject camera = new CertificateSubject("Maker", "Model X", serial);
        CertificateRequest request = CertificateRequest.sign(
                SoftwareSecureElement.open(Files.createTempDirectory(directory, "camera"), new SecureRandom())
                        .generate(Slot.TLS, KeySpec.P256),
                camera);
        return new EnrolmentRequest(request, camera, CertificateProfile.DEVICE_TLS, Optional.empty(), "test");
    }

    @ParameterizedTest
    @EnumSource
    void aLostAnswerLeadsToLaterAndThenToTheOneCertificate(Way way) throws Exception {
        try (EnrolmentHouse behind = new EnrolmentHouse(Files.createDirectory(directory.resolve("behind")))) {
            CertifiedKey own = behind.lineKey(directory.resolve("own"));
            try (WebClient web = web(behind, own);
                    HouseDesk front = front(
                            behind, upstream(way, web, own, behind.own().chain().getFirst()))) {
                Requester.Line line = line(front, behind);
                EnrolmentRequest wish = wish("L1-0001");
                behind.desk().loseNextAnswer();
                assertThat(front.enrol(line, wish)).isInstanceOf(EnrolmentAnswer.Later.class);
                assertThat(behind.desk().issued()).as("issued behind, and lost").isEqualTo(1);
                assertThat(front.issued()).isZero();

                EnrolmentAnswer answer = front.enrol(line, wish);
                assertThat(answer)
                        .isInstanceOfSatisfying(
                                EnrolmentAnswer.Issued.class,
                                issued -> assertThat(issued.chain().getLast())
                                        .isEqualTo(behind.desk().issuing()));
                assertThat(behind.desk().issued()).as("once behind").isEqualTo(1);
                assertThat(front.issued()).as("once in front").isEqualTo(1);
                assertThat(front.enrol(line, wish))
                        .isInstanceOfSatisfying(
                                EnrolmentAnswer.Issued.class,
                                again -> assertThat(again.again()).isTrue());
                assertThat(front.enrol(line, wish("L2-0001")))
                        .as("what no order has is refused in front")
                        .isInstanceOfSatisfying(
                                EnrolmentAnswer.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_ORDERED));
                assertThat(behind.desk().issued()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSignedBySomebodyElseIsNotGivenOut(Way way) throws Exception {
        try (EnrolmentHouse behind = new EnrolmentHouse(Files.createDirectory(directory.resolve("behind")));
                EnrolmentHouse expected = new EnrolmentHouse(Files.createDirectory(directory.resolve("expected")))) {
            CertifiedKey own = behind.lineKey(directory.resolve("own"));
            X509Certificate signer =
                    (way == Way.CMP ? expected : behind).own().chain().getFirst();
            try (WebClient web = web(behind, own);
                    HouseDesk front = front(expected, upstream(way, web, own, signer))) {
                EnrolmentAnswer answer = front.enrol(line(front, expected), wish("L1-0001"));
                assertThat(answer)
                        .isInstanceOfSatisfying(
                                EnrolmentAnswer.Later.class,
                                later -> assertThat(later.detail())
                                        .containsAnyOf("cannot be given out", "not signed by the key"));
                assertThat(front.issued()).isZero();
            }
        }
    }

    private HouseDesk front(EnrolmentHouse expected, Upstream upstream) throws Exception {
        X509Certificate root = expected.desk().root();
        return new HouseDesk(
                Files.createDirectory(directory.resolve("front")),
                new HouseDesk.Signing(
                        new UpstreamIssuing(upstream, expected.desk().issuing(), root, CLOCK), root));
    }

    private static Requester.Line line(HouseDesk front, EnrolmentHouse house) throws Exception {
        Requester.Line line = house.line("L1");
        front.know("L1", line.certificate());
        return line;
    }
}
