package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.format.ReadDocument;
import cn.cityapis.policy.format.Unreadable;
import reactor.core.publisher.Mono;

/** Whether what is handed in can be read at all, told at once to the one who hands it in. */
final class SourceText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Charset GB18030 = Charset.forName("GB18030");
    /** Text holds no control characters but white space; PostgreSQL could not keep a NUL. */
    private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]");
    /** Below the time a client waits. What takes longer is queued unseen, and its report tells the rest. */
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

    /** What some bytes turn out to be. */
    private enum Finding {
        TEXT, BLANK, NOT_TEXT
    }

    private SourceText() {
    }

    /** The source, or the problem with it. */
    static Mono<Source> checked(Source source) {
        return ParseText.within(LONGEST_CHECK, () -> {
            check(source);
            return source;
        }).onErrorResume(ParseText.Unparsable.class,
                unparsable -> switch (unparsable.getCause()) {
                    case Unreadable known -> Mono.error(problem(known));
                    case InterruptedException slow -> Mono.just(source);
                    case null, default -> Mono.error(ProblemException.of(PolicyProblem.FILE_BROKEN,
                            String.valueOf(unparsable.getMessage())));
                });
    }

    private static ProblemException problem(Unreadable known) {
        return ProblemException.of(switch (known.reason()) {
            case EMPTY -> PolicyProblem.TEXT_EMPTY;
            case UNKNOWN -> PolicyProblem.TEXT_NOT_READABLE;
            case ENCRYPTED -> PolicyProblem.FILE_ENCRYPTED;
            case SCANNED -> PolicyProblem.FILE_WITHOUT_TEXT;
            case BOMB -> PolicyProblem.FILE_EXPANDS_TOO_FAR;
            case BROKEN -> PolicyProblem.FILE_BROKEN;
        }, known.detail());
    }

    /** Plain text is looked through piece by piece, everything else is read. */
    private static void check(Source source) {
        byte[] start = source.parts().isEmpty() ? new byte[0] : source.parts().getFirst();
        if (!ReadDocument.plainText(start, source.name())) {
            ReadDocument.of(source.joined(), source.name());
            return;
        }
        Finding utf8 = find(source, StandardCharsets.UTF_8);
        switch (utf8 == Finding.NOT_TEXT ? find(source, GB18030) : utf8) {
            case BLANK -> throw new Unreadable(Unreadable.Reason.EMPTY, "文件中没有文字");
            case NOT_TEXT -> ReadDocument.of(source.joined(), source.name());
            case TEXT -> {
            }
        }
    }

    private static Finding find(Source source, Charset charset) {
        char[] some = new char[8192];
        boolean blank = true;
        try (Reader reader = new InputStreamReader(source.stream(), charset.newDecoder())) {
            for (int read = reader.read(some); read >= 0; read = reader.read(some)) {
                CharBuffer piece = CharBuffer.wrap(some, 0, read);
                if (BINARY.matcher(piece).find()) {
                    return Finding.NOT_TEXT;
                }
                blank &= piece.chars().allMatch(c -> Character.isWhitespace(c) || c == BYTE_ORDER_MARK);
            }
            return blank ? Finding.BLANK : Finding.TEXT;
        } catch (CharacterCodingException other) {
            return Finding.NOT_TEXT;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
