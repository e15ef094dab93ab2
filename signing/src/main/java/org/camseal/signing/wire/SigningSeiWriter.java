package org.camseal.signing.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;

/**
 * Writes signing SEI (docs/spec/media-signing.md, sections 2 to 4), always with emulation prevention in place before hashing: what is
 * signed is what stands in the stream.
 */
public final class SigningSeiWriter {
    private static final byte FILLING = 1;
    private static final int STOP = 0x80;

    private SigningSeiWriter() {}

    /** An SEI without a signature. */
    public static NalUnit unsigned(Codec codec, SeiContent content) {
        byte[] rbsp = upToSignature(codec, false, content, 0);
        byte[] whole = Arrays.copyOf(rbsp, rbsp.length + 1);
        whole[rbsp.length] = (byte) STOP;
        return NalUnit.of(codec, EmulationPrevention.escape(whole));
    }

    /**
     * An SEI that waits for its signature.
     *
     * @param certificateSei whether it is one
     * @param fieldSize bytes that the signature will have at most, 1 to 1024
     */
    public static Draft draft(Codec codec, boolean certificateSei, SeiContent content, int fieldSize) {
        if (fieldSize < 1 || fieldSize > 1024) {
            throw new IllegalArgumentException("a signature field of " + fieldSize + " bytes; 1 to 1024 expected");
        }
        byte[] rbsp = upToSignature(codec, certificateSei, content, fieldSize);
        return new Draft(codec, EmulationPrevention.escape(rbsp), fieldSize);
    }

    /** An SEI but for its signature. Immutable. */
    public static final class Draft {
        private final Codec codec;
        private final byte[] document;
        private final int fieldSize;

        private Draft(Codec codec, byte[] document, int fieldSize) {
            this.codec = codec;
            this.document = document;
            this.fieldSize = fieldSize;
        }

        /** What is to be signed; shared, never to be written to. */
        public byte[] document() {
            return document;
        }

        /**
         * The SEI with its signature.
         *
         * @throws IllegalArgumentException for a signature of no bytes, or of more than the field has
         */
        public NalUnit complete(byte[] signature) {
            if (signature.length == 0 || signature.length > fieldSize) {
                throw new IllegalArgumentException(
                        "a signature of " + signature.length + " bytes; 1 to " + fieldSize + " expected");
            }
            byte[] tail = new byte[signatureTagBytes(fieldSize) + 1];
            tail[0] = (byte) Tag.SIGNATURE.code();
            putU16(tail, 1, tail.length - 1 - Tag.HEAD_BYTES);
            tail[3] = 1;
            putU16(tail, 4, signature.length);
            System.arraycopy(signature, 0, tail, 6, signature.length);
            Arrays.fill(tail, 6 + signature.length, tail.length - 1, FILLING);
            tail[tail.length - 1] = (byte) STOP;
            byte[] raw = Arrays.copyOf(document, document.length + EmulationPrevention.maxEscapedLength(tail.length));
            // The escaping state runs on from the document.
            int end = EmulationPrevention.escape(tail, 0, tail.length, raw, 0, document.length);
            return NalUnit.of(codec, Arrays.copyOf(raw, end));
        }
    }

    /** Bytes of payload: UUID, reserved byte and all tags, without emulation prevention. */
    public static int payloadSize(SeiContent content, int fieldSize) {
        return 17 + tags(content).length + (fieldSize == 0 ? 0 : signatureTagBytes(fieldSize));
    }

    private static int signatureTagBytes(int fieldSize) {
        return Tag.HEAD_BYTES + 3 + fieldSize;
    }

    private static byte[] upToSignature(Codec codec, boolean certificateSei, SeiContent content, int fieldSize) {
        byte[] tags = tags(content);
        int size = 17 + tags.length + (fieldSize == 0 ? 0 : signatureTagBytes(fieldSize));
        ByteArrayOutputStream out = new ByteArrayOutputStream(tags.length + size / 0xff + 32);
        out.writeBytes(codec == Codec.H265 ? new byte[] {0x4e, 0x01} : new byte[] {0x06});
        out.write(Sei.USER_DATA_UNREGISTERED);
        for (int i = 0; i < size / 0xff; i++) {
            out.write(0xff);
        }
        out.write(size % 0xff);
        putU64(out, SigningSei.SEI_UUID.getMostSignificantBits());
        putU64(out, SigningSei.SEI_UUID.getLeastSignificantBits());
        out.write(SigningSei.ESCAPED_FLAG | (certificateSei ? SigningSei.CERTIFICATE_FLAG : 0));
        out.writeBytes(tags);
        return out.toByteArray();
    }

    /** In the order 4, 5, 6, 1, 2, 7, which the reference has. */
    private static byte[] tags(SeiContent content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.cryptoInfo().ifPresent(info -> put(out, Tag.CRYPTO_INFO, cryptoInfo(info)));
        content.vendorInfo().ifPresent(info -> put(out, Tag.VENDOR_INFO, vendorInfo(info)));
        content.certificates().forEach(chain -> put(out, Tag.CERTIFICATES, certificates(chain)));
        content.general().ifPresent(general -> put(out, Tag.GENERAL, general(general)));
        content.hashList().ifPresent(list -> put(out, Tag.HASH_LIST, versioned(list.entries())));
        content.arbitraryData().ifPresent(data -> put(out, Tag.ARBITRARY_DATA, versioned(data.bytes())));
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Tag tag, byte[] value) {
        if (value.length > Tag.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "tag " + tag.code() + " of " + value.length + " bytes; at most 65535 expected");
        }
        out.write(tag.code());
        putU16(out, value.length);
        out.writeBytes(value);
    }

    private static byte[] versioned(byte[] bytes) {
        byte[] value = new byte[1 + bytes.length];
        value[0] = 1;
        System.arraycopy(bytes, 0, value, 1, bytes.length);
        return value;
    }

    private static byte[] general(General general) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(general.tagVersion());
        out.write(general.specification().major());
        out.write(general.specification().minor());
        out.write(general.specification().patch());
        out.write(general.partial() ? 1 : 0);
        putU64(out, general.start().ticks());
        general.end().ifPresent(end -> putU64(out, end.ticks()));
        putU16(out, (int) (general.counter() >>> 16));
        putU16(out, (int) general.counter());
        putU16(out, general.hashCount());
        out.writeBytes(general.groupHash().bytes());
        out.writeBytes(general.linkedHash().bytes());
        return out.toByteArray();
    }

    private static byte[] cryptoInfo(CryptoInfo info) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] oid = info.hash().oid();
        byte[] signatureOid = HexFormat.of().parseHex(info.signatureOid());
        out.write(1);
        out.write(oid.length);
        out.writeBytes(oid);
        out.write(signatureOid.length);
        out.writeBytes(signatureOid);
        putU16(out, info.rsaKeyBits());
        return out.toByteArray();
    }

    private static byte[] vendorInfo(VendorInfo info) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        for (String text : new String[] {info.firmwareVersion(), info.serialNumber(), info.manufacturer()}) {
            byte[] bytes = VendorInfo.bytesOf(text);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] certificates(Certificates chain) {
        byte[] pem = chain.pem().getBytes(StandardCharsets.ISO_8859_1);
        byte[] value = new byte[2 + pem.length];
        value[0] = 1;
        value[1] = (byte) (chain.userProvisioned() ? 1 : 0);
        System.arraycopy(pem, 0, value, 2, pem.length);
        return value;
    }

    private static void putU16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }

    private static void putU16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static void putU64(ByteArrayOutputStream out, long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
