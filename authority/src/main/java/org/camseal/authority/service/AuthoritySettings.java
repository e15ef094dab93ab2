package org.camseal.authority.service;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.authority.upstream.UpstreamSettings;
import org.camseal.identity.IdentityException;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.web.ListenAddress;
import org.camseal.web.WebException;

/**
 * The settings of one authority, as they stand in {@code authority.yaml}; every key has a default. Relative paths are relative to the
 * authority's directory.
 *
 * @param listen address and port of the HTTPS server for lines, operators and cameras
 * @param publicListen address and port of the plain server for the log and the status of certificates, which are signed themselves; "" for
 *     none
 * @param publicConnections most connections to it at a time, of which one address has a quarter; 4 to 100 000
 * @param publicRequestsPerSecond how often one address may ask it on average, ten seconds' worth at once; 1 to 100 000
 * @param consoleListen port on the loopback address, as {@code 127.0.0.1:PORT}, of a console to look at by the token that is printed at the
 *     start; "" for none
 * @param hostNames names that the HTTPS server is also asked by
 * @param register {@code sqlite:FILE} or {@code postgresql://HOST[:PORT]/DATABASE}
 * @param registerUser for PostgreSQL
 * @param registerPasswordFile for PostgreSQL; "" if none is asked for
 * @param issuingKeys where the key of the cameras' issuing authority is: {@code encrypted}, or the address of a secure element
 * @param passphraseFile the passphrase of the encrypted keys, for its owner only
 * @param organization in the server's and the status signer's certificates
 * @param logOrigin the name of the transparency log (C2SP tlog-checkpoint)
 * @param logIntervalSeconds how often the log is published; 1 to 86 400
 * @param listIntervalSeconds how often the revocation list is written anew; 1 to 86 400
 * @param upstream the authority behind this one, if cameras' certificates are signed elsewhere
 */
public record AuthoritySettings(
        String listen,
        String publicListen,
        int publicConnections,
        int publicRequestsPerSecond,
        String consoleListen,
        List<String> hostNames,
        String register,
        String registerUser,
        String registerPasswordFile,
        String issuingKeys,
        String passphraseFile,
        String organization,
        String logOrigin,
        int logIntervalSeconds,
        int listIntervalSeconds,
        UpstreamSettings upstream) {
    /** What counts where the file says nothing. */
    public static final AuthoritySettings DEFAULTS = new AuthoritySettings(
            "127.0.0.1:8443",
            "127.0.0.1:8080",
            256,
            200,
            "",
            List.of(),
            "sqlite:register.db",
            "camseal",
            "",
            "encrypted",
            "passphrase",
            "CamSeal",
            "camseal.example/log",
            5,
            3600,
            UpstreamSettings.NONE);

    private static final int DAY_SECONDS = 86_400;
    private static final int MOST = 100_000;

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

    /**
     * Looks at the numbers; what is behind other settings is looked at when it is opened.
     *
     * @throws AuthorityException.Malformed naming the one that is out of its range
     */
    void requireRanges() throws AuthorityException.Malformed {
        requireRange("public-connections", publicConnections, 4, MOST);
        requireRange("public-requests-per-second", publicRequestsPerSecond, 1, MOST);
        requireRange("log-interval-seconds", logIntervalSeconds, 1, DAY_SECONDS);
        requireRange("list-interval-seconds", listIntervalSeconds, 1, DAY_SECONDS);
    }

    private static void requireRange(String key, int value, int least, int most) throws AuthorityException.Malformed {
        if (value < least || value > most) {
            throw new AuthorityException.Malformed(key + ": " + value + " is not " + least + " to " + most);
        }
    }

    InetSocketAddress httpsAddress() throws WebException.CannotStart {
        return ListenAddress.parse("listen", listen);
    }

    Optional<InetSocketAddress> publicAddress() throws WebException.CannotStart {
        return publicListen.isEmpty()
                ? Optional.empty()
                : Optional.of(ListenAddress.parse("public-listen", publicListen));
    }

    Optional<InetSocketAddress> consoleAddress() throws AuthorityException, WebException.CannotStart {
        if (consoleListen.isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress address = ListenAddress.parse("console-listen", consoleListen);
        if (!address.getAddress().isLoopbackAddress()) {
            throw new AuthorityException.Malformed("console-listen: \"" + consoleListen
                    + "\" is no loopback address; from elsewhere operators use the HTTPS port, with their"
                    + " certificates");
        }
        return Optional.of(address);
    }
}
