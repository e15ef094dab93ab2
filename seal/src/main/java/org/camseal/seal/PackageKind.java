package org.camseal.seal;

/** What a package was made of (sealed-video.md, associated data). */
enum PackageKind {
    SLICE(1),
    /** SEI, filler data: any NAL unit that travels whole inside an own SEI. */
    OTHER_NAL_UNIT(2),
    AUDIO_FRAME(3);

    private final int id;

    PackageKind(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }
}
