package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes of others are read and made as they make them. */
class SignedNoteTest {
    /** The example of C2SP signed-note. */
    private static final String C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String C2SP_NOTE = """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    /** The example of Go's package golang.org/x/mod/sumdb/note; its key protects nothing. */
    private static final String GO_SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static SignedNote note(String text) {
        return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSpecificationsExampleIsSignedByItsKeyAndNoOther() {
        assertThat(note(C2SP_NOTE).isSignedBy(NoteKey.parse(C2SP_KEY))).isTrue();
        assertThat(NoteKey.parse(C2SP_KEY)).hasToString(C2SP_KEY);
        assertThat(note(C2SP_NOTE).isSignedBy(NoteKey.parse(GO_KEY))).isFalse();
        assertThat(note(C2SP_NOTE.replace("example message", "other message")).isSignedBy(NoteKey.parse(C2SP_KEY)))
                .isFalse();
        assertThat(note(C2SP_NOTE)).hasToString(C2SP_NOTE);
    }

    @Test
    void gosExampleIsSignedHereByteForByte() {
        NoteSigner signer = NoteSigner.parse(GO_SIGNER, LogWorld.RANDOM);
        assertThat(signer.key()).hasToString(GO_KEY);
        assertThat(signer.privateText()).isEqualTo(GO_SIGNER);
        String text = note(GO_NOTE).text();
        assertThat(SignedNote.sign(text, List.of(signer))).hasToString(GO_NOTE);
    }

    @Test
    void bothAlgorithmsSignAndOneThatIsMissingIsMissed() throws LogKey.NotSigned {
        LogKey key = LogWorld.KEYS.publicKey();
        Checkpoint checkpoint = new Checkpoint(key.origin(), 0, TreeHash.EMPTY);
        String note = LogWorld.KEYS.sign(checkpoint).toString();
        assertThat(key.verify(note.getBytes(StandardCharsets.UTF_8))).isEqualTo(checkpoint);
        List<String> lines = note.lines().toList();
        assertThat(lines).hasSize(6);
        for (int line : List.of(4, 5)) {
            String stripped = note.replace(lines.get(line) + "\n", "");
            assertThatThrownBy(() -> key.verify(stripped.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(LogKey.NotSigned.class)
                    .hasMessageContaining(line == 4 ? "ED25519" : "ML-DSA-65");
        }
        String otherSize = note.replace("\n0\n", "\n1\n");
        assertThatThrownBy(() -> key.verify(otherSize.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LogKey.NotSigned.class);
        assertThat(LogKey.parse(key.text()).text()).isEqualTo(key.text());
    }

    @Test
    void aStrangersLinesDoNotMatter() {
        String more = C2SP_NOTE + GO_NOTE.lines().toList().getLast() + "\n";
        assertThat(note(more).isSignedBy(NoteKey.parse(C2SP_KEY))).isTrue();
        assertThat(note(more).isSignedBy(NoteKey.parse(GO_KEY))).isFalse();
    }

    @Test
    void whatIsNoNoteIsRefused() {
        assertThat(List.of("", "text\n", "text\n\n", "text\n\nnot a line\n", C2SP_NOTE + "\n", C2SP_NOTE.strip()))
                .allSatisfy(text -> assertThatThrownBy(() -> note(text)).isInstanceOf(IllegalArgumentException.class));
        assertThatThrownBy(() -> note("te\u0001xt" + C2SP_NOTE)).hasMessageContaining("control");
        assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MAX_BYTES + 1]))
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> NoteKey.parse(C2SP_KEY.replace("530d903a", "530d903b")))
                .hasMessageContaining("530d903a");
    }
}
