package org.camseal.onvif.login;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** The accounts that ONVIF logins are checked with. Asked at each request, so changes count at once; safe for several threads. */
public interface OnvifUsers {
    /** The realm that Digest secrets are kept for: printable ASCII without double quote and backslash. */
    String realm();

    /** All accounts that may use ONVIF. */
    List<Caller.User> all();

    /** The account of that name. */
    Optional<Caller.User> find(String name);

    /** What a Digest login of that user is checked with; empty where nothing is kept for the algorithm. */
    Optional<DigestSecret> secret(String name, DigestAlgorithm algorithm);

    /** The password for username tokens; empty where the account has not opted in. Never printed. */
    Optional<String> tokenPassword(String name);

    /** True while nobody may try that account from there: too many wrong logins. */
    boolean isBarred(String name, InetAddress from);

    /** Counts a wrong login. */
    void failed(String name, InetAddress from);
}
