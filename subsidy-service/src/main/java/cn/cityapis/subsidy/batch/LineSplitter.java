package cn.cityapis.subsidy.batch;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines, whatever pieces it comes in. Holds no more than one line; of a line longer than
 * allowed only its beginning is kept, so that it can be reported. Not safe for several threads.
 */
final class LineSplitter {

    static final int LONGEST = 64 * 1024;

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long next = 1;

    /**
     * @param first number of the first line, from 1
     * @param lines without their ends; longer than {@link #LONGEST} where the line is too long
     */
    record Lines(long first, List<byte[]> lines) {
    }

    /** The lines that end in this piece. */
    Lines add(byte[] piece) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                keep(piece, from, i);
                lines.add(taken());
                from = i + 1;
            }
        }
        keep(piece, from, piece.length);
        return numbered(lines);
    }

    /** The last line, if it has no end. */
    Lines end() {
        return numbered(begun.size() == 0 ? List.of() : List.of(taken()));
    }

    private void keep(byte[] piece, int from, int to) {
        int room = LONGEST + 1 - begun.size();
        begun.write(piece, from, Math.min(to - from, Math.max(0, room)));
    }

    private byte[] taken() {
        byte[] line = begun.toByteArray();
        begun.reset();
        return line.length > 0 && line[line.length - 1] == '\r' ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }

    private Lines numbered(List<byte[]> lines) {
        Lines numbered = new Lines(next, lines);
        next += lines.size();
        return numbered;
    }
}
