package org.camseal.streaming.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients write into a tunnel's POST, and what is no base64. */
class Base64InputTest {
    private static byte[] decoded(String text) throws Exception {
        return new Base64Input(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))).readAllBytes();
    }

    @Test
    void messagesThatAreEncodedEachForItselfComeOneBehindTheOther() throws Exception {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int length = 0; length < 70; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            all.writeBytes(message);
            text.append(Base64.getEncoder().encodeToString(message)).append(length % 3 == 0 ? "\r\n" : "");
        }
        assertThat(decoded(text.toString())).isEqualTo(all.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUJ", "Q===", "====", "QU=C", "QU J", "QUJ-", "QUJD\u0000AAA", "QUJDQ"})
    void whatIsNoBase64IsAFault(String text) {
        assertThatThrownBy(() -> decoded(text)).hasCauseInstanceOf(ProtocolException.class);
    }

    /** Whoever waits for an answer sends no more before it: what is whole must come out. */
    @Test
    void nothingIsHeldBackThatIsWhole() throws Exception {
        PipedOutputStream client = new PipedOutputStream();
        try (Base64Input in = new Base64Input(new PipedInputStream(client))) {
            client.write(Base64.getEncoder().encode("OPTIONS".getBytes(StandardCharsets.US_ASCII)));
            assertThat(new String(in.readNBytes(7), StandardCharsets.US_ASCII)).isEqualTo("OPTIONS");
        }
    }
}
