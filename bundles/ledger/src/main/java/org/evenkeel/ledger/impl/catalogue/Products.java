package org.evenkeel.ledger.impl.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.ProductEntity;

/** Finds and creates products by their codes. Stateless. */
public final class Products {
    /** The longest folded form that can be kept: letters that fold into several make it longer than the code itself. */
    public static final int MAX_FOLDED = 600;

    private static final int CHUNK = 500;

    /**
     * A product that owns a code.
     *
     * @param folded whether it matches only without regard to case
     */
    public record Match(long productId, boolean folded) {}

    /** The product that owns a code: exact match beats folded match. */
    public Optional<Match> find(Tx tx, Sku sku) {
        return Optional.ofNullable(find(tx, List.of(sku)).get(sku));
    }

    /** As {@link #find(Tx, Sku)} for many codes, in few statements. Codes that no product owns are left out. */
    public Map<Sku, Match> find(Tx tx, Collection<Sku> skus) {
        // What cannot be kept, nobody owns.
        Set<String> folded =
                skus.stream().map(Sku::folded).filter(Texts::isStorable).collect(Collectors.toSet());
        Map<String, List<Owner>> owners = owners(tx, folded);
        Map<Sku, Match> found = new HashMap<>();
        for (Sku sku : skus) {
            best(owners.getOrDefault(sku.folded(), List.of()), sku).ifPresent(match -> found.put(sku, match));
        }
        return found;
    }

    private static Optional<Match> best(List<Owner> owners, Sku sku) {
        String canonical = sku.canonical();
        return owners.stream()
                .min(Comparator.comparing((Owner owner) -> !owner.canonical().equals(canonical))
                        .thenComparing(owner -> !owner.claim().equals(sku.folded()))
                        .thenComparing(Owner::id))
                .map(owner -> new Match(owner.id(), !owner.canonical().equals(canonical)));
    }

    private static Map<String, List<Owner>> owners(Tx tx, Set<String> folded) {
        List<String> all = new ArrayList<>(folded);
        Map<String, List<Owner>> owners = new HashMap<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            tx.select(
                            "select p.id, p.canonical, p.folded, p.claim from Product p where p.folded in (:folded)",
                            Owner.class,
                            "folded",
                            all.subList(from, Math.min(all.size(), from + CHUNK)))
                    .getResultList()
                    .forEach(owner -> owners.computeIfAbsent(owner.folded(), key -> new ArrayList<>())
                            .add(owner));
        }
        return owners;
    }

    /**
     * Creates a product that is not opened. The caller has looked and found none. When another transaction creates the same
     * one at the same time, the whole transaction runs again and finds it.
     *
     * @param name what people call it; the code itself when blank
     * @return its id
     * @throws InvalidInputException when the code cannot be kept
     */
    public long create(Tx tx, Sku sku, String name, String actor) {
        String folded = sku.folded();
        if (folded.length() > MAX_FOLDED || !Texts.isStorable(sku.raw())) {
            throw new InvalidInputException(
                    "sku", "A SKU is up to 255 readable characters, not: " + Texts.readable(sku.raw(), 255));
        }
        ProductEntity product = new ProductEntity();
        product.sku = sku.raw();
        product.canonical = sku.canonical();
        product.folded = folded;
        product.claim = folded;
        named(product, name);
        product.createdAt = tx.now();
        product.createdBy = actor;
        tx.session().insert(product);
        return product.id;
    }

    static void named(ProductEntity product, String name) {
        String readable = Texts.readable(name == null ? "" : name.strip(), 255);
        product.name = readable.isEmpty() ? product.sku : readable;
        product.nameFolded = Texts.cut(Texts.fold(product.name), 300);
    }

    /** Those of {@code products} that were ever counted. */
    public Set<Long> openedOf(Tx tx, Collection<Long> products) {
        List<Long> all = new ArrayList<>(new HashSet<>(products));
        Set<Long> opened = new HashSet<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            opened.addAll(tx.select(
                            "select p.id from Product p where p.opened = true and p.id in (:ids)",
                            Long.class,
                            "ids",
                            all.subList(from, Math.min(all.size(), from + CHUNK)))
                    .getResultList());
        }
        return opened;
    }

    private record Owner(Long id, String canonical, String folded, String claim) {}
}
