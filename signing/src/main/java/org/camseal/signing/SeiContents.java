package org.camseal.signing;

import java.util.List;
import java.util.Optional;
import org.camseal.signing.hashing.GroupHashes;
import org.camseal.signing.hashing.ParameterSetDigest;
import org.camseal.signing.wire.Certificates;
import org.camseal.signing.wire.CryptoInfo;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashList;
import org.camseal.signing.wire.SeiContent;
import org.camseal.signing.wire.SigningSeiWriter;
import org.camseal.signing.wire.VendorInfo;

/** What stands in the SEI of one signer. */
final class SeiContents {
    // Room that deployed readers have for a hash list.
    private static final int READERS_LIST_BYTES = 19_200;

    private final SignerSettings settings;
    private final SigningAlgorithm algorithm;
    private final Certificates chain;

    SeiContents(SignerSettings settings, SigningKey key) {
        this.settings = settings;
        this.algorithm = key.algorithm();
        this.chain = Certificates.of(key.userProvisioned(), key.chain());
    }

    /** Hashes that a group has room for: the settings' number, or what deployed readers can take. */
    int maxHashes() {
        return Math.min(
                settings.groups().maxNalUnits(),
                READERS_LIST_BYTES / algorithm.hash().size());
    }

    int fieldSize() {
        return algorithm.kind().maxSignatureBytes();
    }

    /** Of a group; the hash list stays out where it is unwanted or too long. */
    SeiContent ofGroup(General general, GroupHashes hashes, ParameterSetDigest sets, boolean signed) {
        boolean withChain = signed && settings.certificates() == SignerSettings.CertificatePlace.EACH_SIGNED_SEI;
        boolean wanted = settings.detail() == SignerSettings.Detail.HASH_LIST
                && hashes.count() * algorithm.hash().size() <= READERS_LIST_BYTES;
        SeiContent whole = new SeiContent(
                Optional.of(general),
                wanted ? Optional.of(hashes.list()) : Optional.empty(),
                withChain ? Optional.of(CryptoInfo.of(algorithm.hash())) : Optional.empty(),
                Optional.of(vendor(sets)),
                withChain ? List.of(chain) : List.of(),
                Optional.empty());
        int size = SigningSeiWriter.payloadSize(whole, signed ? fieldSize() : 0);
        return size <= settings.groups().maxPayloadBytes() ? whole : withoutHashList(whole);
    }

    /** Of a certificate SEI. */
    SeiContent ofCertificates(ParameterSetDigest sets) {
        return new SeiContent(
                Optional.empty(),
                Optional.empty(),
                Optional.of(CryptoInfo.of(algorithm.hash())),
                Optional.of(vendor(sets)),
                List.of(chain),
                Optional.empty());
    }

    private VendorInfo vendor(ParameterSetDigest sets) {
        VendorInfo vendor = settings.vendor();
        return new VendorInfo(sets.bindTo(vendor.firmwareVersion()), vendor.serialNumber(), vendor.manufacturer());
    }

    private static SeiContent withoutHashList(SeiContent whole) {
        Optional<HashList> none = Optional.empty();
        return new SeiContent(
                whole.general(),
                none,
                whole.cryptoInfo(),
                whole.vendorInfo(),
                whole.certificates(),
                whole.arbitraryData());
    }
}
