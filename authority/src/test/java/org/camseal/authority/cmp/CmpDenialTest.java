package org.camseal.authority.cmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.authority.EnrolmentHouse;
import org.camseal.authority.TestPki;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Default deny: each of the 27 kinds of bodies, unprotected, by strangers, about another order's camera, and twice. */
@Timeout(120)
class CmpDenialTest {
    private static final String PATH = "/.well-known/cmp/p/device-tls";

    @TempDir
    private static Path directory;

    private static EnrolmentHouse house;
    private static TestPki.Holder camera;
    private static TestPki.Holder others;

    @BeforeAll
    static void open() throws Exception {
        house = new EnrolmentHouse(directory);
        camera = house.camera(house.line("L1"), "L1-0001");
        others = house.camera(house.line("L2"), "L2-0001");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static byte[] send(BodyType type, String serial, TestPki.Holder about, TestPki.Holder signer)
            throws Exception {
        return house.cmp(
                PATH, CmpProbe.signed(CmpProbe.body(type, serial, about), signer, CmpProbe.fresh(), Instant.now()));
    }

    private static void refused(byte[] answer, Failure expected, String... logged) throws Exception {
        assertThat(CmpProbe.failure(answer))
                .as("%s", expected)
                .isEqualTo(expected.info().intValue());
        assertThat(house.desk().audit().getLast()).contains(": refused ").contains(logged);
    }

    @ParameterizedTest
    @EnumSource
    void unprotectedIsRefused(BodyType type) throws Exception {
        byte[] message = CmpProbe.unprotected(CmpProbe.body(type, "L1-0001", camera), house.holder("line-1"));
        refused(house.cmp(PATH, message), Failure.BAD_MESSAGE_CHECK, "stranger ", type.protocol());
    }

    @ParameterizedTest
    @EnumSource
    void strangersAreRefused(BodyType type) throws Exception {
        refused(
                send(type, "L1-0001", camera, house.holder("foreign")),
                Failure.SIGNER_NOT_TRUSTED,
                "stranger ",
                type.protocol());
    }

    @ParameterizedTest
    @EnumSource
    void anotherKeyBehindALinesCertificateIsRefused(BodyType type) throws Exception {
        TestPki.Holder thief = new TestPki.Holder(
                house.holder("line-1").certificate(), house.holder("foreign").keys());
        refused(send(type, "L1-0001", camera, thief), Failure.BAD_MESSAGE_CHECK, "stranger ", type.protocol());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"IR", "CR", "P10CR", "KUR", "RR", "GENM", "CERTCONF", "POLLREQ"})
    void whatIsNotServedIsRefusedToALineToo(BodyType type) throws Exception {
        refused(send(type, "L1-0001", camera, house.holder("line-1")), Failure.BAD_REQUEST, "line L1", "BAD_REQUEST");
    }

    @ParameterizedTest
    @EnumSource(names = {"IR", "CR", "P10CR"})
    void anotherOrdersSerialIsRefused(BodyType type) throws Exception {
        refused(send(type, "L2-0001", others, house.holder("line-1")), Failure.NOT_AUTHORIZED, "NOT_ORDERED");
        assertThat(CmpProbe.failure(send(type, "L1-0001", camera, house.holder("line-1"))))
                .as("its own is granted")
                .isZero();
    }

    @Test
    void anotherOrdersCertificateIsNeitherRevokedNorRenewed() throws Exception {
        refused(send(BodyType.RR, "L2-0001", others, house.holder("line-1")), Failure.BAD_CERT_ID, "line L1", "CMP rr");
        refused(send(BodyType.RR, "L2-0001", others, camera), Failure.BAD_CERT_ID, "camera certificate", "CMP rr");
        refused(send(BodyType.KUR, "L2-0001", others, camera), Failure.NOT_AUTHORIZED, "OTHER_SUBJECT");
        refused(
                send(BodyType.KUR, "L1-0001", camera, house.holder("line-1")),
                Failure.NOT_AUTHORIZED,
                "line L1",
                "CMP kur");
        refused(
                send(BodyType.P10CR, "L1-0001", camera, camera),
                Failure.NOT_AUTHORIZED,
                "camera certificate",
                "CMP p10cr");
        assertThat(CmpProbe.failure(send(BodyType.KUR, "L1-0001", camera, camera)))
                .as("its own is renewed")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"IR", "CR", "P10CR", "RR", "GENM"})
    void twiceIsRefused(BodyType type) throws Exception {
        TestPki.Holder about = type == BodyType.RR ? house.camera(house.line("L1"), "L1-0002") : camera;
        byte[] message = CmpProbe.signed(
                CmpProbe.body(type, "L1-0001", about), house.holder("line-1"), CmpProbe.fresh(), Instant.now());
        assertThat(CmpProbe.failure(house.cmp(PATH, message))).as("first").isZero();
        refused(house.cmp(PATH, message), Failure.TRANSACTION_ID_IN_USE, "line L1", type.protocol());
    }

    @Test
    void aRenewalTwiceIsRefused() throws Exception {
        byte[] message = CmpProbe.signed(
                CmpProbe.body(BodyType.KUR, "L1-0001", camera), camera, CmpProbe.fresh(), Instant.now());
        assertThat(CmpProbe.failure(house.cmp(PATH, message))).as("first").isZero();
        refused(house.cmp(PATH, message), Failure.TRANSACTION_ID_IN_USE, "camera certificate", "CMP kur");
    }

    @ParameterizedTest
    @EnumSource(names = {"CERTCONF", "POLLREQ"})
    void whatBelongsToNoTransactionIsRefused(BodyType type) throws Exception {
        refused(send(type, "L1-0001", camera, house.holder("line-1")), Failure.BAD_REQUEST, "line L1", "BAD_REQUEST");
    }

    @Test
    void aTransactionIsItsRequestersAndItsNonceCounts() throws Exception {
        byte[] transaction = CmpProbe.fresh();
        byte[] request = CmpProbe.signed(
                CmpProbe.body(BodyType.P10CR, "L1-0001", camera), house.holder("line-1"), transaction, Instant.now());
        assertThat(CmpProbe.failure(house.cmp(PATH, request))).isZero();
        for (String signer : List.of("line-2", "line-1")) {
            byte[] confirmation = CmpProbe.signed(
                    CmpProbe.body(BodyType.CERTCONF, "L1-0001", camera),
                    house.holder(signer),
                    transaction,
                    Instant.now());
            Failure expected = signer.equals("line-2") ? Failure.BAD_REQUEST : Failure.BAD_RECIPIENT_NONCE;
            refused(house.cmp(PATH, confirmation), expected, "line L", "CMP certconf");
        }
    }

    @Test
    void oldMessagesAndThoseOfTomorrowAreRefused() throws Exception {
        for (Duration off : List.of(Duration.ofMinutes(-4), Duration.ofMinutes(4))) {
            byte[] message = CmpProbe.signed(
                    CmpProbe.body(BodyType.GENM, "L1-0001", camera),
                    house.holder("line-1"),
                    CmpProbe.fresh(),
                    Instant.now().plus(off));
            refused(house.cmp(PATH, message), Failure.BAD_TIME, "BAD_TIME");
        }
    }

    @Test
    void bytesThatAreNoMessageAreNotAnsweredByOne() throws Exception {
        for (byte[] bytes :
                List.of(new byte[0], new byte[] {0x30, 0x00}, new byte[70_000], new byte[] {0x30, (byte) 0x80, 0, 0})) {
            assertThatThrownBy(() -> house.cmp(PATH, bytes)).hasMessageStartingWith("400: ");
        }
        assertThatThrownBy(() -> house.cmp("/.well-known/cmp/p/other", new byte[1]))
                .hasMessageStartingWith("404: ");
        assertThat(house.desk().audit()).anyMatch(line -> line.startsWith("stranger not looked at: refused"));
    }
}
