package org.camseal.cli.cert;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.voucher.VoucherJudge;
import picocli.CommandLine.Option;

/** Whose word counts when a certificate is explained. */
final class VouchersOptions {
    @Option(
            names = "--device-root",
            paramLabel = "ROOT.pem",
            description = "The root of a maker of cameras. May be given several times.")
    private List<Path> deviceRoots = List.of();

    @Option(
            names = "--public-roots",
            paramLabel = "FILE",
            description =
                    "Roots of public authorities, in one file; on Debian /etc/ssl/certs/ca-certificates.crt. Without it no public"
                            + " authority is known.")
    private List<Path> publicRoots = List.of();

    VoucherJudge judge(Optional<String> expectedSerial) throws IdentityException {
        List<X509Certificate> makers = new ArrayList<>();
        for (Path file : deviceRoots) {
            makers.addAll(Pem.readCertificates(file));
        }
        List<X509Certificate> authorities = new ArrayList<>();
        for (Path file : publicRoots) {
            authorities.addAll(Pem.readBundle(file));
        }
        return new VoucherJudge(makers, authorities, expectedSerial, InstantSource.system());
    }

    /** What to give to learn more about a stranger; empty if there is nothing. */
    Optional<String> hint() {
        return deviceRoots.isEmpty() && publicRoots.isEmpty()
                ? Optional.of("name whose word counts: --device-root ROOT.pem for a maker's cameras, --public-roots"
                        + " /etc/ssl/certs/ca-certificates.crt for public authorities")
                : Optional.empty();
    }
}
