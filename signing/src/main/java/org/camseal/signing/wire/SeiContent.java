package org.camseal.signing.wire;

import java.util.List;
import java.util.Optional;

/**
 * What a signing SEI says, but for its signature.
 *
 * @param general absent in certificate SEI and in SEI of arbitrary data alone
 * @param hashList absent in low-bitrate mode
 * @param certificates at most one of each kind
 * @param arbitraryData only alone
 */
public record SeiContent(
        Optional<General> general,
        Optional<HashList> hashList,
        Optional<CryptoInfo> cryptoInfo,
        Optional<VendorInfo> vendorInfo,
        List<Certificates> certificates,
        Optional<ArbitraryData> arbitraryData) {
    public SeiContent {
        certificates = List.copyOf(certificates);
    }
}
