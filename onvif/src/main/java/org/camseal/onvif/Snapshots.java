package org.camseal.onvif;

import java.util.Optional;
import org.camseal.onvif.login.UserLevel;

/** Still pictures in clear, of a camera whose owner lets them be shown. Safe for use by several threads. */
public interface Snapshots {
    /** Whether users of that level may see them. */
    boolean maySee(UserLevel level);

    /**
     * The last picture of a stream as a JPEG file.
     *
     * @param video the stream's token
     * @return empty while there is none
     */
    Optional<byte[]> jpeg(String video);
}
