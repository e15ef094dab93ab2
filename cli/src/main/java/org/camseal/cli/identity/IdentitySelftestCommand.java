package org.camseal.cli.identity;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.backends.ElementAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal identity selftest}: whether the element does what an element must, with the keys that are there. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Has every signing key of an identity sign, and looks whether the signatures are right, whether two of them share"
                        + " a nonce, whether the key shows itself, and whether a media key refuses a TLS handshake. Makes and changes no key.",
        footerHeading = "%nExit codes:%n",
        footer = {"   0  all is as it must be", "   3  there is no key to test yet", "   5  something is not"})
final class IdentitySelftestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Prints the checks as one JSON array.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private record Check(String slot, String what, boolean passed) {}

    @Override
    public Integer call() throws IdentityException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Identity identity = Identity.open(Objects.requireNonNull(directory), ElementAddress.opener(new SecureRandom()));
        List<Check> checks = new ArrayList<>();
        try (SecureElement element = identity.element()) {
            for (Slot slot : identity.role().slots()) {
                Optional<KeyHandle> key = slot.signs() ? element.key(slot) : Optional.empty();
                if (key.isPresent()) {
                    checks.addAll(checked(element, key.get()));
                }
            }
        }
        if (json) {
            out.println(Json.text(
                    checks.stream().map(IdentitySelftestCommand::object).toList()));
        } else {
            checks.forEach(
                    check -> out.println((check.passed() ? "ok    " : "WRONG ") + check.slot() + ": " + check.what()));
        }
        if (checks.isEmpty()) {
            return ExitCode.INCOMPLETE.number();
        }
        return checks.stream().allMatch(Check::passed) ? ExitCode.DONE.number() : ExitCode.KEY.number();
    }

    private static Map<String, Object> object(Check check) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("slot", check.slot());
        object.put("check", check.what());
        object.put("passed", check.passed());
        return object;
    }

    private static List<Check> checked(SecureElement element, KeyHandle key) throws IdentityException {
        String slot = key.slot().label();
        byte[] message = "camseal identity selftest".getBytes(StandardCharsets.US_ASCII);
        byte[] first = key.sign(message);
        byte[] second = key.sign(message);
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                slot,
                "its signatures are right",
                SlotHandle.verifies(key.publicKey(), key.algorithm(), message, first)
                        && SlotHandle.verifies(key.publicKey(), key.algorithm(), message, second)));
        checks.add(new Check(slot, "no two signatures share a nonce or salt", differ(key, message)));
        checks.add(new Check(slot, "the key shows no encoding", key.opaqueKey().getEncoded() == null));
        byte[] foreign = (key.slot() == Slot.TLS ? "\u0084jSignature1" : " ".repeat(64) + "TLS 1.3, ")
                .getBytes(StandardCharsets.ISO_8859_1);
        checks.add(new Check(slot, "it refuses what belongs to another slot", refuses(key, foreign)));
        if (element.info().abilities().contains(ElementInfo.Ability.ATTEST)) {
            checks.add(new Check(
                    slot,
                    "the element states that it was made inside",
                    element.attest(key.slot(), new byte[32]).statement().length > 0));
        }
        return checks;
    }

    private static boolean differ(KeyHandle key, byte[] message) throws IdentityException {
        byte[] first = key.signFixed(message);
        byte[] second = key.signFixed(message);
        return !Arrays.equals(first, 0, first.length / 2, second, 0, second.length / 2);
    }

    private static boolean refuses(KeyHandle key, byte[] message) throws IdentityException {
        try {
            key.sign(message);
            return false;
        } catch (IdentityException.Element e) {
            if (e.fault() == ElementFault.REFUSED) {
                return true;
            }
            throw e;
        }
    }
}
