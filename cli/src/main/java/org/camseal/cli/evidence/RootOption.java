package org.camseal.cli.evidence;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.Revocations;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import picocli.CommandLine.Option;

/** {@code --root}: whose cameras are ours. */
final class RootOption {
    @Option(
            names = "--root",
            paramLabel = "ROOT.pem",
            description =
                    "A device root: the signer must be a camera under it. May be given several times. Without it the answer says"
                            + " only whether the video is untouched, and names the signer.")
    private List<Path> files = List.of();

    Optional<TrustEvaluator> evaluator() throws IdentityException {
        return evaluator(Revocations.NONE);
    }

    Optional<TrustEvaluator> evaluator(Revocations revocations) throws IdentityException {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> roots = new ArrayList<>();
        for (Path file : files) {
            roots.addAll(Pem.readCertificates(file));
        }
        return Optional.of(new TrustEvaluator(new TrustRoots(roots, List.of()), revocations));
    }
}
