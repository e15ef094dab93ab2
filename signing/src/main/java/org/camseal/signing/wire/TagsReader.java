package org.camseal.signing.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the tags of one SEI in and says whether they make one whole. */
final class TagsReader {
    private static final int GENERAL_FIXED_V1 = 19;
    private static final int GENERAL_FIXED_V2 = 27;

    private final byte[] rbsp;
    private final Set<Tag> seen = EnumSet.noneOf(Tag.class);
    private final List<Certificates> certificates = new ArrayList<>(1);
    private @Nullable General general;
    private byte @Nullable [] hashEntries;
    private @Nullable CryptoInfo cryptoInfo;
    private @Nullable VendorInfo vendorInfo;
    private @Nullable ArbitraryData arbitraryData;
    private @Nullable SignatureField signature;
    private int signatureAt = -1;

    TagsReader(byte[] rbsp) {
        this.rbsp = rbsp;
    }

    /** Reads all tags from one index to another (exclusive). */
    void read(int from, int end) throws Flawed {
        int at = from;
        while (at < end) {
            if (signatureAt >= 0) {
                throw new Flawed(SeiFlaw.TAG_BEHIND_SIGNATURE, (end - at) + " bytes behind the signature");
            }
            if (end - at < Tag.HEAD_BYTES) {
                throw new Flawed(SeiFlaw.TAG_BEYOND_PAYLOAD, "a tag's head in the last " + (end - at) + " bytes");
            }
            int code = rbsp[at] & 0xff;
            int length = (rbsp[at + 1] & 0xff) << 8 | (rbsp[at + 2] & 0xff);
            Tag tag = Tag.ofCode(code);
            if (tag == null) {
                throw new Flawed(SeiFlaw.UNKNOWN_TAG, "tag " + code + "; 1 to 7 expected");
            }
            int value = at + Tag.HEAD_BYTES;
            if (length > end - value) {
                throw new Flawed(
                        SeiFlaw.TAG_BEYOND_PAYLOAD,
                        "tag " + code + " says " + length + " bytes, " + (end - value) + " are left");
            }
            if (!seen.add(tag) && tag != Tag.CERTIFICATES) {
                throw new Flawed(SeiFlaw.TAG_TWICE, "tag " + code + " twice");
            }
            if (tag == Tag.SIGNATURE) {
                signatureAt = at;
            }
            ValueCursor cursor = new ValueCursor(tag, rbsp, value, value + length);
            readValue(tag, cursor);
            cursor.requireEnd();
            at = value + length;
        }
    }

    private void readValue(Tag tag, ValueCursor cursor) throws Flawed {
        int version = cursor.u8();
        cursor.requireVersion(version, tag == Tag.GENERAL ? General.VERSION_WITH_END : 1);
        switch (tag) {
            case GENERAL -> general = readGeneral(version, cursor);
            case HASH_LIST -> hashEntries = cursor.rest();
            case SIGNATURE -> signature = readSignature(cursor);
            case CRYPTO_INFO -> cryptoInfo = readCryptoInfo(cursor);
            case VENDOR_INFO -> vendorInfo = new VendorInfo(cursor.text(), cursor.text(), cursor.text());
            case CERTIFICATES -> addCertificates(cursor);
            case ARBITRARY_DATA -> arbitraryData = ArbitraryData.of(cursor.rest());
        }
    }

    private static General readGeneral(int version, ValueCursor cursor) throws Flawed {
        boolean hasEnd = version == General.VERSION_WITH_END;
        // The version byte is read already.
        int hashes = cursor.left() + 1 - (hasEnd ? GENERAL_FIXED_V2 : GENERAL_FIXED_V1);
        int size = hashes / 2;
        if (hashes % 2 != 0 || HashAlgorithm.ofSize(size).isEmpty()) {
            throw new Flawed(
                    SeiFlaw.TAG_LENGTH, "tag 1: " + hashes + " bytes of two hashes; 2 of 32, 48 or 64 expected");
        }
        General.SpecificationVersion specification =
                new General.SpecificationVersion(cursor.u8(), cursor.u8(), cursor.u8());
        boolean partial = cursor.u8() != 0;
        OnvifTime start = new OnvifTime(cursor.u64());
        Optional<OnvifTime> end = hasEnd ? Optional.of(new OnvifTime(cursor.u64())) : Optional.empty();
        long counter = cursor.u32();
        int count = cursor.u16();
        return new General(
                version, specification, partial, start, end, counter, count, cursor.digest(size), cursor.digest(size));
    }

    private static SignatureField readSignature(ValueCursor cursor) throws Flawed {
        int size = cursor.u16();
        int field = cursor.left();
        if (size == 0 || size > field) {
            throw new Flawed(
                    SeiFlaw.SIGNATURE_SIZE, "a signature of " + size + " bytes in a field of " + field + " bytes");
        }
        return new SignatureField(Arrays.copyOf(cursor.rest(), size), field);
    }

    private CryptoInfo readCryptoInfo(ValueCursor cursor) throws Flawed {
        int oidLength = cursor.u8();
        int from = cursor.position();
        byte[] oid = cursor.bytes(oidLength);
        Optional<HashAlgorithm> hash = HashAlgorithm.ofOid(rbsp, from, from + oidLength);
        if (hash.isEmpty()) {
            throw new Flawed(
                    SeiFlaw.UNKNOWN_HASH_ALGORITHM,
                    "hash algorithm " + HexFormat.of().formatHex(oid) + "; SHA-256, SHA-384 or SHA-512 expected");
        }
        String signatureOid = HexFormat.of().formatHex(cursor.bytes(cursor.u8()));
        return new CryptoInfo(hash.get(), signatureOid, cursor.u16());
    }

    private void addCertificates(ValueCursor cursor) throws Flawed {
        boolean user = cursor.u8() != 0;
        for (Certificates other : certificates) {
            if (other.userProvisioned() == user) {
                throw new Flawed(SeiFlaw.TAG_TWICE, "two chains of the same kind");
            }
        }
        certificates.add(
                new Certificates(user, new String(cursor.rest(), java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    /** Index of the signature's tag in the RBSP; negative without one. */
    int signatureAt() {
        return signatureAt;
    }

    Optional<SignatureField> signature() {
        return Optional.ofNullable(signature);
    }

    /** What the tags say together. */
    SeiContent content(boolean certificateSei) throws Flawed {
        if (certificateSei) {
            requireNone("a certificate SEI", Tag.GENERAL, Tag.HASH_LIST, Tag.ARBITRARY_DATA);
            requireAll("a certificate SEI", Tag.CRYPTO_INFO, Tag.CERTIFICATES, Tag.SIGNATURE);
        } else if (arbitraryData != null) {
            if (seen.size() != 1) {
                throw new Flawed(SeiFlaw.MISPLACED_TAG, "tag 7 beside other tags; alone expected");
            }
        } else {
            requireAll("an SEI", Tag.GENERAL);
        }
        return new SeiContent(
                Optional.ofNullable(general),
                hashList(),
                Optional.ofNullable(cryptoInfo),
                Optional.ofNullable(vendorInfo),
                certificates,
                Optional.ofNullable(arbitraryData));
    }

    private Optional<HashList> hashList() throws Flawed {
        if (general == null) {
            return Optional.empty();
        }
        int size = general.groupHash().size();
        if (cryptoInfo != null && cryptoInfo.hash().size() != size) {
            throw new Flawed(SeiFlaw.HASH_SIZE, "hashes of " + size + " bytes, and tag 4 says " + cryptoInfo.hash());
        }
        if (hashEntries == null) {
            return Optional.empty();
        }
        if (hashEntries.length % size != 0) {
            throw new Flawed(
                    SeiFlaw.HASH_SIZE, "a hash list of " + hashEntries.length + " bytes, hashes of " + size + " bytes");
        }
        return Optional.of(HashList.of(hashEntries, size));
    }

    private void requireNone(String kind, Tag... tags) throws Flawed {
        for (Tag tag : tags) {
            if (seen.contains(tag)) {
                throw new Flawed(SeiFlaw.MISPLACED_TAG, "tag " + tag.code() + " in " + kind);
            }
        }
    }

    private void requireAll(String kind, Tag... tags) throws Flawed {
        for (Tag tag : tags) {
            if (!seen.contains(tag)) {
                throw new Flawed(SeiFlaw.MISSING_TAG, kind + " without tag " + tag.code());
            }
        }
    }
}
