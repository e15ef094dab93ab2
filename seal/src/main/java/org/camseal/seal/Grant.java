package org.camseal.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborFields;
import org.camseal.manifest.cbor.CborValue;

/**
 * An epoch key for one recipient. Bound to camera, stream, run, epoch and recipient: as a grant of anything else it does not open.
 *
 * <p>Who made it, it does not say. Whoever opens one compares the epoch key with the commitment that the camera signed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9180">HPKE, RFC 9180</a>; sealed-video.md, grants
 */
public final class Grant {
    private static final byte[] LABEL = "camseal 1 grant".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final Hpke HPKE = new Hpke(Hpke.Aead.AES_256_GCM);
    private static final int MAX_CIPHERTEXT = RsaOaep.MAX_BITS / 8;

    private final GrantAlgorithm algorithm;
    private final RecipientId recipient;
    private final byte[] enc;
    private final byte[] ciphertext;

    private Grant(GrantAlgorithm algorithm, RecipientId recipient, byte[] enc, byte[] ciphertext) {
        this.algorithm = algorithm;
        this.recipient = recipient;
        this.enc = enc;
        this.ciphertext = ciphertext;
    }

    /** Grants an epoch to a recipient. */
    public static Grant make(EpochKey epochKey, Recipient recipient, SecureRandom random) {
        return switch (recipient.algorithm()) {
            case HPKE_P256 -> byHpke(epochKey, recipient, P256.generate(random));
            case RSA_OAEP -> byRsa(epochKey, recipient, random);
        };
    }

    /** With an ephemeral key given: of use once, and here for known answers. */
    static Grant byHpke(EpochKey epochKey, Recipient recipient, KeyPair ephemeral) {
        Hpke.Party party = Hpke.Party.of(ephemeral);
        byte[] info = info(epochKey.stream(), epochKey.epoch(), recipient.id());
        try {
            byte[] ciphertext =
                    HPKE.sender((ECPublicKey) recipient.key(), party, info).seal(NOTHING, epochKey.secret());
            return new Grant(GrantAlgorithm.HPKE_P256, recipient.id(), P256.encode(party.publicKey()), ciphertext);
        } catch (SealException.KeyFailed e) {
            throw new IllegalStateException("a key of a moment ago could not be used", e);
        }
    }

    private static Grant byRsa(EpochKey epochKey, Recipient recipient, SecureRandom random) {
        byte[] label = info(epochKey.stream(), epochKey.epoch(), recipient.id());
        byte[] ciphertext = RsaOaep.wrap((RSAPublicKey) recipient.key(), label, epochKey.secret(), random);
        return new Grant(GrantAlgorithm.RSA_OAEP, recipient.id(), NOTHING, ciphertext);
    }

    /** Who it is for. */
    public RecipientId recipient() {
        return recipient;
    }

    /**
     * The epoch key, if key, stream and epoch are those that the grant was made for. Compare its commitment with a signed one before
     * use.
     *
     * @throws SealException.KeyFailed where the key could not be asked
     */
    public Optional<EpochKey> open(RecipientKey key, StreamId stream, EpochId epoch) throws SealException.KeyFailed {
        if (!key.id().equals(recipient)) {
            return Optional.empty();
        }
        byte[] info = info(stream, epoch, recipient);
        Optional<byte[]> secret = switch (algorithm) {
            case HPKE_P256 -> openHpke(key, info);
            case RSA_OAEP ->
                // A grant says itself of which algorithm it is; one that lies is refused before the key is asked.
                key.publicKey() instanceof RSAPublicKey ? key.unwrapRsa(ciphertext, info) : Optional.empty();
        };
        if (secret.isEmpty() || secret.get().length != EpochKey.BYTES) {
            return Optional.empty();
        }
        EpochKey opened = EpochKey.of(stream, epoch, secret.get());
        Arrays.fill(secret.get(), (byte) 0);
        return Optional.of(opened);
    }

    private Optional<byte[]> openHpke(RecipientKey key, byte[] info) throws SealException.KeyFailed {
        if (!(key.publicKey() instanceof ECPublicKey own) || !P256.isKeyOfCurve(own)) {
            return Optional.empty();
        }
        Optional<Hpke.Context> context = HPKE.recipient(new Hpke.Party(own, key::agree), enc, info);
        return context.isEmpty() ? Optional.empty() : context.get().open(NOTHING, ciphertext);
    }

    /** HPKE's info and RSA-OAEP's label. */
    private static byte[] info(StreamId stream, EpochId epoch, RecipientId recipient) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(LABEL);
        out.writeBytes(EpochKey.name(stream, epoch));
        out.writeBytes(recipient.bytes());
        return out.toByteArray();
    }

    CborValue toCbor() {
        return CborValue.Array.of(
                new CborValue.Int(algorithm.id()),
                CborValue.Bytes.of(recipient.bytes()),
                CborValue.Bytes.of(enc),
                CborValue.Bytes.of(ciphertext));
    }

    static Grant fromCbor(CborFields fields, CborValue value) throws CborException {
        List<CborValue> items = fields.tuple("grant", value, 4);
        int id = (int) fields.number("algorithm", items.get(0), 255);
        GrantAlgorithm algorithm = GrantAlgorithm.of(id)
                .orElseThrow(() -> CborException.structure("grants: algorithm " + id + "; 1 or 2 expected"));
        RecipientId recipient = RecipientId.of(fields.bytes("recipient", items.get(1), RecipientId.BYTES));
        byte[] enc = fields.bytes("enc", items.get(2), algorithm == GrantAlgorithm.HPKE_P256 ? P256.POINT_BYTES : 0);
        byte[] ciphertext = switch (algorithm) {
            case HPKE_P256 -> fields.bytes("ciphertext", items.get(3), EpochKey.BYTES + Hpke.TAG_BYTES);
            case RSA_OAEP -> fields.bytesUpTo("ciphertext", items.get(3), MAX_CIPHERTEXT);
        };
        return new Grant(algorithm, recipient, enc, ciphertext);
    }

    @Override
    public String toString() {
        return "grant to " + recipient;
    }
}
