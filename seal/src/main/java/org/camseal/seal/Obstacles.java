package org.camseal.seal;

import org.camseal.manifest.EpochId;
import org.camseal.media.AccessUnit;

/** The answers of an opener that did not open, in words. Every package that does not open gets the same. */
final class Obstacles {
    private Obstacles() {}

    static Opening.NotOpened altered(AccessUnit unit) {
        return new Opening.NotOpened(
                Opening.Obstacle.ALTERED,
                "track " + unit.track() + " at " + unit.decodeTime()
                        + ": a package does not open; it was altered, cut or moved");
    }

    static Opening.NotOpened waiting() {
        return new Opening.NotOpened(
                Opening.Obstacle.WAITING_FOR_KEY_PICTURE,
                "a decoder has to begin with a key picture; the next one is waited for");
    }

    static Opening.NotOpened withoutEpoch(Opening.Obstacle obstacle) {
        return new Opening.NotOpened(obstacle, text(obstacle));
    }

    static Opening.NotOpened withoutKey(Opening.Obstacle obstacle, EpochId epoch) {
        return new Opening.NotOpened(
                obstacle, "epoch " + epoch.number() + " of run " + epoch.run() + ": " + text(obstacle));
    }

    private static String text(Opening.Obstacle obstacle) {
        return switch (obstacle) {
            case NOT_SEALED -> "not sealed";
            case NO_MANIFEST_YET -> "no signed manifest has named the epoch yet";
            case NO_CERTIFICATE_YET -> "the session certificate that the manifest is signed under has not come yet";
            case SIGNER_NOT_ACCEPTED -> "the manifest's signer is not one whose word counts here";
            case NO_GRANT_YET -> "no grants have come yet";
            case NO_GRANT_FOR_US -> "none of the grants is for a key at hand";
            case GRANT_REFUSED ->
                "the grant for a key at hand does not open; it was altered, or made for another stream";
            case COMMITMENT_MISMATCH -> "the grant holds another key than the camera committed to";
            case KEY_FAILED -> "the key at hand could not be used; is its token still there?";
            case WAITING_FOR_KEY_PICTURE -> "a key picture is waited for";
            case ALTERED -> "altered";
        };
    }
}
