package org.evenkeel.shell;

import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerException;

/** What the commands have in common: who gives them, and what becomes of a refusal. */
final class Shell {
    static final String ACTOR = "user:shell";

    private Shell() {}

    /** What a command says; what is refused is said in the words of who refused it. */
    static String said(Supplier<String> command) {
        try {
            return command.get();
        } catch (LedgerException refused) {
            return refused.getMessage();
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause().getMessage());
        }
    }

    static <E extends Enum<E>> E choice(Class<E> type, String field, String text) {
        for (E choice : type.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return choice;
            }
        }
        throw new InvalidInputException(
                field, "'" + text + "' is none of " + Arrays.toString(type.getEnumConstants()) + ".");
    }
}
