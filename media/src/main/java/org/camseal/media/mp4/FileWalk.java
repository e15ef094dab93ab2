package org.camseal.media.mp4;

import java.io.IOException;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.TruncatedException;
import org.jspecify.annotations.Nullable;

/** Goes over the top level of a fragmented file, from moof to moof. */
final class FileWalk {
    static final int MAX_MOVIE_BYTES = 256 << 20;
    private static final int MAX_FRAGMENT_BYTES = 16 << 20;
    private static final int MAX_PRFT_BYTES = 1024;

    private final ByteSource source;
    private final Movie movie;
    private final CaptureClock clock;
    private long position;
    private boolean movieSeen;

    FileWalk(ByteSource source, Movie movie, CaptureClock clock) {
        this.source = source;
        this.movie = movie;
        this.clock = clock;
    }

    /** The moov of a file, wherever it stands. */
    static FileBox findMovie(ByteSource source) throws MediaException, IOException {
        long position = 0;
        while (position < source.length()) {
            FileBox box = FileBox.at(source, position);
            if (box.type().equals("moov")) {
                box.demandWhole(source);
                return box;
            }
            position = box.end();
        }
        if (position > source.length() || position == 0) {
            throw new TruncatedException("MP4 file of " + source.length()
                    + " bytes: ends before the box moov, which says what is in it; the recording was not completed");
        }
        throw new MalformedException("MP4 file: lacks the box moov, which says what is in it");
    }

    /**
     * The next fragment whose data is whole; null at the end of the file.
     *
     * @throws TruncatedException where the file ends inside a box or before a fragment's data does
     */
    @Nullable
    Fragment next() throws MediaException, IOException {
        while (position < source.length()) {
            FileBox box = FileBox.at(source, position);
            position = box.end();
            switch (box.type()) {
                case "moof" -> {
                    Fragment fragment =
                            Fragment.read(box.load(source, MAX_FRAGMENT_BYTES), box.start(), movie, source.length());
                    if (fragment.dataEnd() > source.length()) {
                        throw new TruncatedException("MP4 file: the data of the fragment at byte " + box.start()
                                + " ends at byte " + fragment.dataEnd() + ", the file at byte " + source.length());
                    }
                    return fragment;
                }
                case "prft" -> clock.accept(box.load(source, MAX_PRFT_BYTES));
                case "moov" -> onlyOne(box);
                default -> box.demandWhole(source);
            }
        }
        return null;
    }

    /** A second moov is no fault where it says the same: segments with their heads, one behind the other. */
    private void onlyOne(FileBox box) throws MediaException, IOException {
        if (movieSeen) {
            Movie other = Movie.read(box.load(source, MAX_MOVIE_BYTES), source.length());
            if (!movie.describesSame(other)) {
                throw new MalformedException("MP4 file, byte " + box.start()
                        + ": a second moov with other tracks; these are two files, to be read one by one");
            }
        }
        movieSeen = true;
    }
}
