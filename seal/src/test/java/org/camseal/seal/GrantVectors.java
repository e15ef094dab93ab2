package org.camseal.seal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;

/** Grants, good and bad, made of names (vectors/README.md). */
final class GrantVectors {
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");

    private final Map<String, VectorFile> all = new LinkedHashMap<>();
    private final KeyPair ec = KnownKeys.ec("recipient");
    private final KeyPair rsa;
    private final Entropy entropy = KnownKeys.entropy("grants");
    private final EpochId epoch;
    private final EpochKey key;

    private GrantVectors() throws IOException, GeneralSecurityException {
        rsa = KnownKeys.parse(VectorFile.read(VectorFile.directory().resolve("seal/rsa-recipient.txt"))
                .body());
        SecureRandom random = entropy.random();
        epoch = new EpochId(RunId.random(random), 7);
        key = EpochKey.generate(STREAM, epoch, random);
    }

    static Map<String, VectorFile> all() throws IOException, GeneralSecurityException, SealException {
        GrantVectors vectors = new GrantVectors();
        vectors.make();
        return vectors.all;
    }

    private void make() throws SealException {
        Grant toEc = entropy.grant(key, Recipient.of(ec.getPublic()));
        Grant toRsa = entropy.grant(key, Recipient.of(rsa.getPublic()));
        byte[] hpke = new Grants(epoch, List.of(toEc)).encode();
        byte[] oaep = new Grants(epoch, List.of(toRsa)).encode();
        byte[] both = new Grants(epoch, List.of(toRsa, toEc)).encode();
        add("grants-hpke", "opens", "HPKE, one recipient", ec, hpke);
        add("grants-rsa", "opens", "RSA-OAEP, one recipient", rsa, oaep);
        add("grants-two-first", "opens", "two recipients, opened by the first", rsa, both);
        add("grants-two-second", "opens", "two recipients, opened by the second", ec, both);
        add("grants-bad-recipient", "refused", "none for this recipient", KnownKeys.ec("stranger"), both);
        add("grants-bad-hpke-ciphertext", "refused", "one bit of the ciphertext", ec, flip(hpke, hpke.length - 1));
        add("grants-bad-rsa-ciphertext", "refused", "one bit of the ciphertext", rsa, flip(oaep, oaep.length - 1));
        add("grants-bad-point", "refused", "enc is not a point of the curve", ec, flip(hpke, hpke.length - 51));
        add("grants-bad-version", "refused", "version 2", ec, with(hpke, 1, 2));
        add("grants-bad-algorithm", "refused", "algorithm 9", ec, with(hpke, hpke.length - 135, 9));
        add("grants-bad-truncated", "refused", "last byte missing", ec, Arrays.copyOf(hpke, hpke.length - 1));
        add("grants-bad-trailing", "refused", "one byte too many", ec, Arrays.copyOf(hpke, hpke.length + 1));
        for (String header : new String[] {"camera", "stream"}) {
            add("grants-bad-" + header + "-said", "refused", "said to be of another " + header, ec, hpke);
            file("grants-bad-" + header + "-said").with(header, "other");
            add("grants-bad-rsa-" + header + "-said", "refused", "said to be of another " + header, rsa, oaep);
            file("grants-bad-rsa-" + header + "-said").with(header, "other");
        }
        add("grants-bad-epoch", "refused", "moved to epoch 8", ec, with(hpke, 11, 8));
        add("grants-bad-run", "refused", "moved to another run", ec, flip(hpke, 5));
    }

    private VectorFile file(String name) {
        return Objects.requireNonNull(all.get(name));
    }

    private void add(String name, String expect, String comment, KeyPair recipient, byte[] body) {
        VectorFile file = new VectorFile()
                .with("expect", expect)
                .with("comment", comment)
                .with("camera", STREAM.camera())
                .with("stream", STREAM.stream())
                .with("recipient key", recipient.getPrivate().getEncoded())
                .with("recipient id", RecipientId.of(recipient.getPublic()).bytes());
        if (expect.equals("opens")) {
            file.with("epoch key", key.secret());
        }
        all.put(name, file.body(body));
    }

    private static byte[] flip(byte[] body, int index) {
        return with(body, index, body[index] ^ 1);
    }

    private static byte[] with(byte[] body, int index, int value) {
        byte[] changed = body.clone();
        changed[index] = (byte) value;
        return changed;
    }
}
