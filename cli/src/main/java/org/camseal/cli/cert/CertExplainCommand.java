package org.camseal.cli.cert;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.IdentityException;
import org.camseal.identity.voucher.Judgement;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.Voucher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal cert explain}: who vouches for this certificate, and what that proves. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says who vouches for a certificate (the maker of a camera, a public authority and how closely it looked, nobody but itself, a"
                    + " stranger), what that proves and what it does not.",
            "",
            "A server is asked for its certificate by a TLS handshake, whoever it is; nothing is sent to it, and nothing it says is"
                    + " trusted. Revocation is not asked."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  explained, whoever vouches",
            "   4  the file or server cannot be read or reached",
            "   5  --serial was given, and it is not that genuine camera"
        })
final class CertExplainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|HOST:PORT|URL",
            description = "A certificate or chain, leaf first, PEM or DER; or a server; or https://… or rtsps://….")
    private @Nullable String target;

    @Mixin
    private VouchersOptions vouchers = new VouchersOptions();

    @Option(names = "--serial", paramLabel = "SERIAL", description = "The camera that it should be.")
    private @Nullable String serial;

    @Option(names = "--json", description = "Prints the same as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException, IOException, CommandFailure {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CertTarget asked = CertTarget.parse(Objects.requireNonNull(target));
        Optional<String> expected = Optional.ofNullable(serial);
        var judge = vouchers.judge(expected);
        Shown shown = asked.shown();
        Judgement judgement = judge.judge(shown);
        CertExplanation explanation = new CertExplanation(asked.text(), shown, judgement);
        if (json) {
            out.println(Json.text(explanation.json()));
        } else {
            explanation.lines().forEach(out::println);
        }
        if (judgement.voucher() instanceof Voucher.Stranger) {
            vouchers.hint().ifPresent(hint -> err.println("camseal: hint: " + hint));
        }
        return expected.isPresent() && !isThatCamera(judgement, shown) ? ExitCode.KEY.number() : ExitCode.DONE.number();
    }

    /** A copy of its certificate in front of another key is not the camera. */
    private static boolean isThatCamera(Judgement judgement, Shown shown) {
        return judgement.voucher() instanceof Voucher.Camera && shown.proof() != Shown.Proof.BROKEN_OFF;
    }
}
