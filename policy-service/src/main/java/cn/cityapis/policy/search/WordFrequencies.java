package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;

/**
 * How often Chinese words occur, alone and one after the other: the dictionaries that smartcn ships, in two flat tables. A word
 * is looked up by its hash (64 bits of FNV, as the dictionary of pairs has been made), which is added to character by character.
 */
final class WordFrequencies {

    /** The hash of no characters. */
    static final long EMPTY = 0xcbf29ce484222325L;
    static final int UNKNOWN = -1;
    /** No word, but some begin with it. */
    static final int BEGINNING = -2;
    private static final long PRIME = 1099511628211L;

    private final Table words;
    private final Table pairs;

    private WordFrequencies(Table words, Table pairs) {
        this.words = words;
        this.pairs = pairs;
    }

    /** Read when first asked for, which takes some tenths of a second. */
    static WordFrequencies shipped() {
        return Shipped.FREQUENCIES;
    }

    private static final class Shipped {
        private static final WordFrequencies FREQUENCIES = new WordFrequencies(words(), pairs());
    }

    static long append(long hash, char c) {
        return ((hash ^ (c & 0xFF)) * PRIME ^ (c >> 8)) * PRIME;
    }

    static long append(long hash, char[] text, int from, int length) {
        long appended = hash;
        for (int i = from; i < from + length; i++) {
            appended = append(appended, text[i]);
        }
        return appended;
    }

    /** The frequency of a word, {@link #BEGINNING} or {@link #UNKNOWN}. */
    int word(long hash) {
        return words.get(hash);
    }

    /** How often two words follow each other, by the hash of both with an @ between. */
    int pair(long hash) {
        return Math.max(0, pairs.get(hash));
    }

    private static Table words() {
        Object[] read = read("hhmm/coredict.mem", 4);
        short[] listOf = (short[]) read[0];
        char[] first = (char[]) read[1];
        char[][][] endings = (char[][][]) read[2];
        int[][] frequencies = (int[][]) read[3];
        Table words = new Table(1 << 18);
        for (int i = 0; i < first.length; i++) {
            char[][] list = first[i] == 0 ? null : endings[listOf[i]];
            long begin = append(EMPTY, first[i]);
            for (int j = 0; list != null && j < list.length; j++) {
                char[] ending = list[j] == null ? new char[0] : list[j];
                long hash = begin;
                for (char c : ending) {
                    words.add(hash, BEGINNING);
                    hash = append(hash, c);
                }
                words.add(hash, frequencies[listOf[i]][j]);
            }
        }
        return words;
    }

    private static Table pairs() {
        Object[] read = read("hhmm/bigramdict.mem", 2);
        long[] hashes = (long[]) read[0];
        int[] frequencies = (int[]) read[1];
        Table pairs = new Table(1 << 19);
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                pairs.add(hashes[i], frequencies[i]);
            }
        }
        return pairs;
    }

    private static Object[] read(String resource, int arrays) {
        try (InputStream in = HMMChineseTokenizer.class.getResourceAsStream(resource);
                ObjectInputStream objects = new ObjectInputStream(Objects.requireNonNull(in, resource))) {
            objects.setObjectInputFilter(WordFrequencies::arraysOnly);
            Object[] read = new Object[arrays];
            for (int i = 0; i < arrays; i++) {
                read[i] = objects.readObject();
            }
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectInputFilter.Status arraysOnly(ObjectInputFilter.FilterInfo found) {
        Class<?> type = found.serialClass();
        while (type != null && type.isArray()) {
            type = type.getComponentType();
        }
        return type == null || type.isPrimitive()
                ? ObjectInputFilter.Status.UNDECIDED
                : ObjectInputFilter.Status.REJECTED;
    }

    /** Numbers by hash, which is never 0. Grows at two thirds. */
    private static final class Table {

        private long[] keys;
        private int[] values;
        private int size;

        Table(int capacity) {
            keys = new long[capacity];
            values = new int[capacity];
        }

        /** A word stays one when it turns out that others begin with it. */
        void add(long key, int value) {
            int at = find(key);
            if (keys[at] == 0) {
                keys[at] = key;
                values[at] = value;
                if (++size * 3L > keys.length * 2L) {
                    grow();
                }
            } else if (values[at] == BEGINNING) {
                values[at] = value;
            }
        }

        int get(long key) {
            int at = find(key);
            return keys[at] == 0 ? UNKNOWN : values[at];
        }

        private int find(long key) {
            int mask = keys.length - 1;
            int at = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & mask;
            while (keys[at] != 0 && keys[at] != key) {
                at = at + 1 & mask;
            }
            return at;
        }

        private void grow() {
            long[] before = keys;
            int[] kept = values;
            keys = new long[before.length * 2];
            values = new int[keys.length];
            for (int i = 0; i < before.length; i++) {
                if (before[i] != 0) {
                    int at = find(before[i]);
                    keys[at] = before[i];
                    values[at] = kept[i];
                }
            }
        }
    }
}
