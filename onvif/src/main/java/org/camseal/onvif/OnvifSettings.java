package org.camseal.onvif;

import org.camseal.onvif.login.Logins;
import org.camseal.streaming.LegacyDigest;

/**
 * What a camera's owner decides of ONVIF.
 *
 * @param legacy whether Digest logins with MD5 are taken too
 * @param tokens whether username tokens of WS-Security are taken, from accounts that have opted in
 */
public record OnvifSettings(LegacyDigest legacy, Logins.UsernameTokens tokens) {
    /** Digest with SHA-256 and nothing else. */
    public static final OnvifSettings STRICT = new OnvifSettings(LegacyDigest.REFUSED, Logins.UsernameTokens.IGNORED);
}
