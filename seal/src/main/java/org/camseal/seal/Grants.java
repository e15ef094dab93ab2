package org.camseal.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborEncoder;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborFields;
import org.camseal.manifest.cbor.CborValue;

/**
 * The grants of one epoch, as they stand in the stream and beside a recording: {@code [1, run, epoch, [grant, …]]} in deterministic
 * CBOR (sealed-video.md, grants).
 *
 * @param grants 1 to {@link #MAX_GRANTS}
 */
public record Grants(EpochId epoch, List<Grant> grants) {
    /** The most recipients of a stream. */
    public static final int MAX_GRANTS = 128;

    private static final int VERSION = 1;
    private static final long MAX_EPOCH = 0xffff_ffffL;

    public Grants {
        grants = List.copyOf(grants);
        if (grants.isEmpty() || grants.size() > MAX_GRANTS) {
            throw new IllegalArgumentException(grants.size() + " grants; 1 to " + MAX_GRANTS + " expected");
        }
    }

    /** The bytes behind the kind byte of an own SEI of kind 2. */
    public byte[] encode() {
        return CborEncoder.encode(CborValue.Array.of(
                new CborValue.Int(VERSION),
                CborValue.Bytes.of(epoch.run().bytes()),
                new CborValue.Int(epoch.number()),
                new CborValue.Array(grants.stream().map(Grant::toCbor).toList())));
    }

    /** @throws SealException.MalformedGrants for anything but the encoding of grants of version 1 */
    public static Grants parse(byte[] cbor) throws SealException.MalformedGrants {
        CborFields fields = new CborFields("grants");
        try {
            List<CborValue> items = fields.tuple("grants", CborDecoder.decode(cbor), 4);
            if (fields.number("version", items.get(0), 255) != VERSION) {
                throw CborException.structure("grants: a version other than 1; a newer program may know it");
            }
            RunId run = RunId.of(fields.bytes("run", items.get(1), RunId.LENGTH));
            long number = fields.number("epoch", items.get(2), MAX_EPOCH);
            List<CborValue> entries = fields.array("list", items.get(3), MAX_GRANTS);
            if (number == 0 || entries.isEmpty()) {
                throw CborException.structure(
                        "grants: epoch " + number + ", " + entries.size() + " grants; at least 1 of each expected");
            }
            List<Grant> grants = new ArrayList<>(entries.size());
            for (CborValue entry : entries) {
                grants.add(Grant.fromCbor(fields, entry));
            }
            return new Grants(new EpochId(run, number), grants);
        } catch (CborException e) {
            throw new SealException.MalformedGrants("not grants of format 1: " + e.getMessage(), e);
        }
    }

    /** True if one of them is for this key. */
    public boolean isFor(RecipientKey key) {
        return grants.stream().anyMatch(grant -> grant.recipient().equals(key.id()));
    }

    /**
     * The epoch key, by the first grant that opens with one of the keys. Compare its commitment with a signed one before use.
     *
     * @throws SealException.KeyFailed where a fitting key could not be asked
     */
    public Optional<EpochKey> open(StreamId stream, List<RecipientKey> keys) throws SealException.KeyFailed {
        for (RecipientKey key : keys) {
            for (Grant grant : grants) {
                Optional<EpochKey> opened = grant.open(key, stream, epoch);
                if (opened.isPresent()) {
                    return opened;
                }
            }
        }
        return Optional.empty();
    }
}
