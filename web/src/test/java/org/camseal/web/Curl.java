package org.camseal.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;

/** curl, quiet but for errors, and bounded. */
final class Curl {
    private Curl() {}

    static PeerOutcome run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--silent", "--show-error", "--max-time", "20"));
        all.addAll(List.of(arguments));
        return Peer.CURL.run(all);
    }
}
