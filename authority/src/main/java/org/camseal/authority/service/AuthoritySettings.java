package org.camseal.authority.service;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.identity.IdentityException;
import org.camseal.identity.backends.ElementAddress;

/**
 * The settings of one authority, as they stand in {@code authority.yaml}; every key has a default. Relative paths are relative to the
 * authority's directory.
 *
 * @param listen address and port of the HTTPS server for lines, operators and cameras
 * @param publicListen address and port of the plain server for the log and the status of certificates; "" for none
 * @param hostNames names that the HTTPS server is also asked by
 * @param register {@code sqlite:FILE} or {@code postgresql://HOST[:PORT]/DATABASE}
 * @param registerUser for PostgreSQL
 * @param registerPasswordFile for PostgreSQL; "" if none is asked for
 * @param issuingKeys where the key of the cameras' issuing authority is: {@code encrypted}, or the address of a secure element
 * @param passphraseFile the passphrase of the encrypted keys, for its owner only
 * @param organization in the server's and the status signer's certificates
 * @param logOrigin the name of the transparency log (C2SP tlog-checkpoint)
 * @param logIntervalSeconds how often the log is published; 1 to 86 400
 */
public record AuthoritySettings(
        String listen,
        String publicListen,
        List<String> hostNames,
        String register,
        String registerUser,
        String registerPasswordFile,
        String issuingKeys,
        String passphraseFile,
        String organization,
        String logOrigin,
        int logIntervalSeconds) {
    /** What counts where the file says nothing. */
    public static final AuthoritySettings DEFAULTS = new AuthoritySettings(
            "127.0.0.1:8443",
            "127.0.0.1:8080",
            List.of(),
            "sqlite:register.db",
            "camseal",
            "",
            "encrypted",
            "passphrase",
            "CamSeal",
            "camseal.example/log",
            5);

    public AuthoritySettings {
        hostNames = List.copyOf(hostNames);
    }

    /** Where the register is. */
    public RegisterAddress registerAddress(AuthorityHome home) throws AuthorityException {
        Optional<Path> password = registerPasswordFile.isEmpty()
                ? Optional.empty()
                : Optional.of(home.directory().resolve(registerPasswordFile));
        return RegisterAddress.parse(register, home.directory(), registerUser, password);
    }

    /** Where the key of the cameras' issuing authority is. */
    public KeyPlace issuingPlace(AuthorityHome home) throws AuthorityException {
        return place(issuingKeys, home.directory().resolve(passphraseFile));
    }

    /** Where the other keys are. */
    public KeyPlace ownPlace(AuthorityHome home) {
        return new KeyPlace.Encrypted(home.directory().resolve(passphraseFile));
    }

    /**
     * Reads {@code encrypted} or the address of a secure element.
     *
     * @throws AuthorityException.Malformed if it is neither
     */
    public static KeyPlace place(String text, Path passphraseFile) throws AuthorityException.Malformed {
        if (text.equals("encrypted")) {
            return new KeyPlace.Encrypted(passphraseFile);
        }
        try {
            return new KeyPlace.InElement(ElementAddress.parse(text));
        } catch (IdentityException e) {
            throw new AuthorityException.Malformed(e.getMessage() + "; or the word encrypted", e);
        }
    }

    InetSocketAddress httpsAddress() throws AuthorityException {
        return address("listen", listen);
    }

    Optional<InetSocketAddress> publicAddress() throws AuthorityException {
        return publicListen.isEmpty() ? Optional.empty() : Optional.of(address("public-listen", publicListen));
    }

    private static InetSocketAddress address(String key, String text) throws AuthorityException.Malformed {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new AuthorityException.Malformed(key + ": \"" + text + "\" is not ADDRESS:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 0xffff) {
            throw new AuthorityException.Malformed(key + ": there is no port " + port);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
