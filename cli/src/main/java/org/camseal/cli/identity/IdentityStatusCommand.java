package org.camseal.cli.identity;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.SubjectName;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.ElementHealth;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureCounts;
import org.camseal.identity.Slot;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerSigning;
import org.camseal.identity.customer.CustomerTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal identity status}: which element, which keys, which certificates. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says which secure element an identity's keys are in, which keys there are, how often each was used, what certificates"
                        + " they have, and how quickly the element answers."
                        + " Uses no key.")
final class IdentityStatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Prints the same as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException {
        Path home = Objects.requireNonNull(directory);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Identity identity = Identity.open(home, ElementAddress.opener(new SecureRandom()));
        try {
            Map<String, Object> status = status(home, identity);
            if (json) {
                out.println(Json.text(status));
            } else {
                lines(status).forEach(out::println);
            }
            return identity.isEnrolled() ? ExitCode.DONE.number() : ExitCode.INCOMPLETE.number();
        } finally {
            identity.element().close();
        }
    }

    private static Map<String, Object> status(Path home, Identity identity) throws IdentityException {
        ElementInfo info = identity.element().info();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("identity", home.toString());
        status.put("role", identity.role().name().toLowerCase(Locale.ROOT));
        status.put("address", Identity.elementAddress(home));
        status.put("element", info.name());
        status.put("assurance", info.assurance().name());
        status.put("signaturesPerSecond", info.signaturesPerSecond());
        status.put(
                "makerCertificates",
                identity.element().makerCertificates().stream()
                        .map(certificate -> certificate.getIssuerX500Principal().getName())
                        .toList());
        status.put("enrolled", identity.isEnrolled());
        List<Map<String, Object>> keys = new ArrayList<>();
        for (Slot slot : identity.role().slots()) {
            keys.add(key(identity, slot));
        }
        Optional<KeyHandle> custom = identity.element().key(Slot.TLS_CUSTOM);
        if (custom.isPresent()) {
            keys.add(custom(custom.get(), CustomerTls.of(home, identity).certified()));
        }
        Optional<KeyHandle> signing = identity.element().key(Slot.MEDIA_CUSTOM);
        if (signing.isPresent()) {
            keys.add(custom(signing.get(), CustomerSigning.of(home, identity).certified()));
        }
        status.put("keys", keys);
        identity.element().health().ifPresent(health -> status.put("health", health(health)));
        return status;
    }

    /** Of the questions that this command itself asked: whether the element answers, and how quickly, now. */
    private static Map<String, Object> health(ElementHealth health) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("answered", health.done());
        shown.put("failed", health.failed());
        shown.put("late", health.late());
        shown.put("medianMillis", health.median().toNanos() / 1e6);
        shown.put("slowestMillis", health.slowest().toNanos() / 1e6);
        return shown;
    }

    private static Map<String, Object> key(Identity identity, Slot slot) throws IdentityException {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("slot", slot.label());
        if (slot.signs()) {
            Json.put(key, "algorithm", identity.element().key(slot).map(KeyHandle::algorithm));
        } else {
            Json.put(key, "algorithm", identity.element().agreementKey().map(agreement -> "ECDH"));
        }
        Optional<SignatureCounts.Usage> usage = identity.element().usage(slot);
        if (usage.isPresent()) {
            key.put("uses", usage.get().ever());
            key.put("usesToday", usage.get().today());
            key.put("usesPerDay", usage.get().perDay());
        }
        if (identity.isEnrolled()) {
            X509Certificate certificate = switch (slot) {
                case TLS -> identity.tls().chain().getFirst();
                case MEDIA -> identity.media().chain().getFirst();
                case RECIPIENT -> identity.recipient().chain().getFirst();
                case ISSUING, ROOT, STATUS, TLS_CUSTOM, MEDIA_CUSTOM ->
                    throw new IllegalStateException("no role has a " + slot.label() + " key");
            };
            certificate(key, certificate);
        }
        return key;
    }

    private static Map<String, Object> custom(KeyHandle handle, Optional<CertifiedKey> certified) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("slot", handle.slot().label());
        key.put("algorithm", handle.algorithm());
        certified.ifPresent(known -> certificate(key, known.chain().getFirst()));
        return key;
    }

    private static void certificate(Map<String, Object> key, X509Certificate certificate) {
        key.put("subject", SubjectName.of(certificate));
        key.put("validUntil", certificate.getNotAfter().toInstant().toString());
    }

    private static List<String> lines(Map<String, Object> status) {
        List<String> lines = new ArrayList<>();
        status.forEach((name, value) -> {
            if (value instanceof List<?> keys) {
                keys.forEach(key -> lines.add("  key " + key));
            } else {
                lines.add(String.format(Locale.ROOT, "%-20s %s", name, value));
            }
        });
        return lines;
    }
}
