package org.evenkeel.benchmarks.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.benchmarks.House;
import org.evenkeel.benchmarks.replay.Step.Sale;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.simulator.Figures;
import org.evenkeel.simulator.Shop;
import org.evenkeel.sync.StoreStatus;

/** Compares ledger and shops, when all is quiet, with what the oracle says. */
final class Verdict {
    static final String ALL_RIGHT =
            "Checked and right: In Stock of every code is opening less the sum of its quantities,"
                    + " Booked 0; every listing of every shop shows what is for sale, and did so every evening; the journal adds up;"
                    + " every order is sent, no line is unmatched, flagged or parked; every store is idle with nothing due.";

    private final Oracle oracle;
    private final Script script;
    private final Shops shops;
    private final House house;
    private final List<String> problems = new ArrayList<>();

    Verdict(Oracle oracle, Script script, Shops shops, House house) {
        this.oracle = oracle;
        this.script = script;
        this.shops = shops;
        this.house = house;
    }

    /** Whether every shop shows what is for sale in the evening of a day. */
    boolean levelAfter(LocalDate day) {
        shelves(oracle.availableAfter(day.toString()), " in the evening of " + day);
        return problems.isEmpty();
    }

    /** What is not right, in words, now that all is quiet; empty when everything was and is. */
    List<String> problems() {
        Map<String, Long> expected = oracle.inStock();
        levels(expected);
        shelves(expected, "");
        nothingCommitted();
        house.ledger().journal().audit().forEach(words -> problem("Audit: " + words));
        inbox();
        orders();
        stores();
        return List.copyOf(problems);
    }

    private void levels(Map<String, Long> expected) {
        expect("codes that are goods", expected.keySet(), script.opening().keySet());
        expected.forEach((code, inStock) -> {
            Optional<Product> product = house.ledger().catalogue().productBySku(new Sku(code));
            if (product.isEmpty()) {
                problem("No product owns " + code);
                return;
            }
            Stock stock = house.ledger().inventory().stock(product.get().id());
            expect("In Stock of " + code, inStock, stock.inStock());
            expect("Booked of " + code, 0L, stock.booked());
        });
    }

    private void shelves(Map<String, Long> expected, String when) {
        for (Shop shop : shops.all()) {
            shops.listings(shop).forEach((code, variant) -> {
                if (code.goods()) {
                    Figures shelf = shop.shelf(variant);
                    long forSale = Math.max(0, expected.get(code.folded()));
                    expect("available of " + code + " in " + shop + when, forSale, shelf.available());
                }
            });
        }
    }

    private void nothingCommitted() {
        for (Shop shop : shops.all()) {
            shops.listings(shop)
                    .forEach((code, variant) -> expect(
                            "committed of " + code + " in " + shop,
                            0L,
                            shop.shelf(variant).committed()));
        }
    }

    private void inbox() {
        PageRequest some = new PageRequest(0, 10);
        house.ledger().orders().unmatched(some).items().forEach(line -> problem("Unmatched: " + line));
        house.ledger().orders().parked(some).items().forEach(order -> problem("Parked: " + order));
    }

    private void orders() {
        int sales = 0;
        Map<Boolean, Integer> linesByTracked = new HashMap<>();
        for (Step step : script.steps()) {
            if (step instanceof Sale sale) {
                sales++;
                sale.lines().forEach(line -> linesByTracked.merge(line.code().goods(), 1, Integer::sum));
            }
        }
        Set<Object> seen = new HashSet<>();
        Map<Boolean, Integer> linesByMatched = new HashMap<>();
        Page<OrderView> page;
        int offset = 0;
        do {
            page = house.ledger().orders().orders(OrderQuery.all(new PageRequest(offset, 100)));
            offset += page.items().size();
            for (OrderView order : page.items()) {
                seen.add(order.key());
                order(order);
                order.lines().forEach(line -> linesByMatched.merge(line.match() == Match.MATCHED, 1, Integer::sum));
            }
        } while (page.hasMore());
        expect("number of orders", sales, seen.size());
        expect("number of lines of goods (true) and of others (false)", linesByTracked, linesByMatched);
    }

    private void order(OrderView order) {
        boolean tracked = order.lines().stream().anyMatch(line -> line.match() == Match.MATCHED);
        OrderView.State state = tracked ? OrderView.State.FULFILLED : OrderView.State.RECORDED;
        expect("state of " + order.key(), state, order.state());
        for (OrderView.Line line : order.lines()) {
            if (line.flagged() || line.undecided() != 0 || line.match() == Match.UNMATCHED) {
                problem("A line of " + order.key() + " is not settled: " + line);
            }
        }
    }

    private void stores() {
        for (StoreStatus status : house.stores().stores()) {
            expect("state of " + status.store().id(), StoreStatus.State.IDLE, status.state());
            expect(
                    "figures that " + status.store().id() + " refused",
                    0,
                    status.due().parked());
        }
    }

    private void expect(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            problem(what + " is " + found + ", not " + expected);
        }
    }

    private void problem(String words) {
        problems.add(words);
    }
}
