package org.camseal.cli.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.service.AuthoritySettings;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.YamlSettings;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.backends.ElementAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which authority a command is about, and which operator gives it. */
final class AuthorityPlace {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The authority's directory. Default: this directory.")
    private Path directory = Path.of(".");

    @Option(
            names = "--as",
            paramLabel = "DIR",
            description = "The identity of the operator who does this. It has to sign with its key.")
    private @Nullable Path operator;

    private final SecureRandom random = new SecureRandom();

    AuthorityHome home() {
        return new AuthorityHome(directory);
    }

    SecureRandom random() {
        return random;
    }

    boolean hasOperator() {
        return operator != null;
    }

    AuthoritySettings settings() throws CommandFailure, IOException {
        Path file = home().settings();
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no authority in " + directory + ": " + file + " is missing",
                    "camseal authority init makes one; --home says where it is");
        }
        return YamlSettings.read(file, AuthoritySettings.DEFAULTS);
    }

    Register register() throws AuthorityException, CommandFailure, IOException {
        return Register.open(settings().registerAddress(home()), InstantSource.system());
    }

    AuthorityKeys keys() throws AuthorityException, CommandFailure, IOException {
        AuthoritySettings settings = settings();
        return AuthorityKeys.of(
                home(), settings.issuingPlace(home()), settings.ownPlace(home()), InstantSource.system(), random);
    }

    /** What an operator does. */
    @FunctionalInterface
    interface Act<T> {
        T done(OperatorDesk desk, String operator) throws AuthorityException, InterruptedException;
    }

    /** An act that has no answer. */
    @FunctionalInterface
    interface SilentAct {
        void done(OperatorDesk desk, String operator) throws AuthorityException, InterruptedException;
    }

    /** Has the operator do it whom {@code --as} names, once their key has signed and their certificate counts. */
    <T> T ask(Act<T> act)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = register()) {
            return act.done(desk(register), operator(register));
        }
    }

    /** As {@link #ask}. */
    void act(SilentAct act)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        boolean _ = ask((desk, operator) -> {
            act.done(desk, operator);
            return true;
        });
    }

    OperatorDesk desk(Register register) {
        return new OperatorDesk(register, random);
    }

    /** The operator's id, once their key has signed and their certificate counts. */
    String operator(Register register) throws CommandFailure, IOException, AuthorityException, IdentityException {
        if (operator == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "which operator does this? --as DIR expected",
                    "camseal authority operator add makes one");
        }
        CertifiedKey own = Identity.open(Objects.requireNonNull(operator), ElementAddress.opener(random))
                .tls();
        try (AuthorityKeys keys = keys()) {
            return switch (keys.trust().evaluate(own.chain(), Instant.now(), Purpose.OPERATOR)) {
                case SignerTrust.Untrusted(SignerTrust.Reason reason, String detail) ->
                    throw new CommandFailure(ExitCode.KEY, operator + " is no operator here: " + detail, null);
                case SignerTrust.Trusted trusted -> {
                    boolean counts = register.credential(
                                    own.chain().getFirst().getSerialNumber(), CertificateProfile.OPERATOR)
                            .filter(credential -> credential.holder().equals(trusted.serial()))
                            .isPresent();
                    if (!counts || !signs(own)) {
                        throw new CommandFailure(
                                ExitCode.KEY,
                                "the certificate of operator " + trusted.serial() + " was taken back, or is another's",
                                null);
                    }
                    yield trusted.serial();
                }
            };
        }
    }

    private boolean signs(CertifiedKey own) throws IdentityException {
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        try {
            SignatureAlgorithm algorithm = own.key().algorithm();
            Signature check = Signature.getInstance(algorithm.jcaName());
            if (algorithm.parameters().isPresent()) {
                check.setParameter(algorithm.parameters().get());
            }
            check.initVerify(own.chain().getFirst().getPublicKey());
            check.update(nonce);
            return check.verify(own.key().sign(nonce));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
