package org.evenkeel.accounts.internal;

import java.time.Clock;
import java.util.Optional;

/** Checks and changes passwords. Thread-safe. */
final class Passwords {

    /** Longer ones are refused unread. */
    private static final int LONGEST = 1_000;

    private final Users users;
    private final PasswordHash hashes;
    private final PasswordFile file;
    private final int shortest;
    private final Clock clock;

    Passwords(Users users, PasswordHash hashes, PasswordFile file, int shortest, Clock clock) {
        this.users = users;
        this.hashes = hashes;
        this.file = file;
        this.shortest = shortest;
        this.clock = clock;
    }

    /**
     * The end of a check.
     *
     * @param user the user of that name; null when there is none
     */
    record Check(boolean good, UserEntity user) implements Gate.Outcome {

        /** The name for the audit log: people type passwords into the wrong field, so that unknown ones are not kept. */
        String shownName() {
            return user == null ? "(unknown name)" : user.name;
        }
    }

    /** Takes as long for an unknown name as for a known one. */
    Check check(String name, String password) {
        Optional<UserEntity> user = users.find(Names.fold(name));
        boolean usable = password != null && password.length() <= LONGEST;
        String stored =
                user.filter(known -> usable).map(known -> known.passwordHash).orElse(hashes.dummy());
        boolean good = hashes.matches(usable ? password : "", stored) && user.isPresent() && usable;
        if (good && hashes.isWeak(stored)) {
            users.replaceHash(user.get().id, stored, hashes.hash(password), clock.instant());
            return new Check(true, users.find(Names.fold(name)).orElseThrow());
        }
        return new Check(good, user.orElse(null));
    }

    String shown(String name) {
        return new Check(false, users.find(Names.fold(name)).orElse(null)).shownName();
    }

    /** Why not, in words; empty when it was changed. */
    Optional<String> change(UserEntity user, String present, String wanted) {
        Optional<String> refusal = refusal(user.name, present, wanted);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!users.replaceHash(user.id, user.passwordHash, hashes.hash(wanted), clock.instant())) {
            return Optional.of("The password was changed by somebody else meanwhile; log in again.");
        }
        file.forget();
        return Optional.empty();
    }

    private Optional<String> refusal(String name, String present, String wanted) {
        if (wanted == null || wanted.codePointCount(0, wanted.length()) < shortest) {
            return Optional.of("The new password must have at least " + shortest + " characters.");
        }
        if (wanted.length() > LONGEST) {
            return Optional.of("The new password may have at most " + LONGEST + " characters.");
        }
        if (wanted.equals(present)) {
            return Optional.of("The new password is the present one.");
        }
        if (wanted.isBlank()
                || wanted.chars().distinct().count() < 4
                || Names.fold(wanted).equals(Names.fold(name))) {
            return Optional.of("The new password is too easy to guess.");
        }
        return Optional.empty();
    }
}
