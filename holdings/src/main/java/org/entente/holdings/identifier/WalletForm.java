package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wallet address: the family of chains that share it, a colon, and the address.
 *
 * <p>Three families are read. Base58Check (Bitcoin and its forks, Tron): case matters, the version byte tells the chain.
 * Bech32 and Bech32m (BIP 173, BIP 350): lower case, the prefix tells the chain. {@code 0x} and 40 hexadecimal digits
 * ({@code evm}, because one key has that address on every such chain): lower case; mixed case is a checksum (EIP-55),
 * one case is none and passes. A failed checksum warns as long as the chain can still be told.
 */
final class WalletForm implements NormalForm {
    /** The normal form itself, and the payment links that wallets print. */
    private static final Pattern PREFIXED = Pattern.compile("([a-z]{3,10}):(.+)");

    private static final Pattern EVM = Pattern.compile("0[xX][0-9a-fA-F]{40}");
    private static final Pattern BASE58 = Pattern.compile("[123456789A-HJ-NP-Za-km-z]{26,36}");

    /** Version bytes before the 20 bytes of hash; hexadecimal. A 3 is Bitcoin's, as Litecoin's old form cannot be told from it. */
    private static final Map<String, String> CHAIN_BY_VERSION = Map.ofEntries(
            Map.entry("00", "bitcoin"),
            Map.entry("05", "bitcoin"),
            Map.entry("30", "litecoin"),
            Map.entry("32", "litecoin"),
            Map.entry("4c", "dash"),
            Map.entry("10", "dash"),
            Map.entry("1e", "dogecoin"),
            Map.entry("16", "dogecoin"),
            Map.entry("41", "tron"),
            Map.entry("1cb8", "zcash"),
            Map.entry("1cbd", "zcash"));

    private static final Map<String, String> CHAIN_BY_PREFIX = Map.of("bc", "bitcoin", "ltc", "litecoin");

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        Matcher prefixed = PREFIXED.matcher(text.strip());
        if (!prefixed.matches()) {
            return withoutPrefix(type, text.strip());
        }
        IdentifierReading reading = withoutPrefix(type, prefixed.group(2));
        String chain = prefixed.group(1).equals("ethereum") ? "evm" : prefixed.group(1);
        boolean agrees = reading.identifier()
                .filter(wallet -> !wallet.value().startsWith(chain + ":"))
                .isEmpty();
        return agrees ? reading : NormalForm.wrongForm(type);
    }

    private static IdentifierReading withoutPrefix(IdentifierType type, String address) {
        if (EVM.matcher(address).matches()) {
            return evm(type, address);
        }
        for (Map.Entry<String, String> chain : CHAIN_BY_PREFIX.entrySet()) {
            if (address.toLowerCase(Locale.ROOT).startsWith(chain.getKey() + "1")) {
                return bech32(type, address, chain.getValue());
            }
        }
        return BASE58.matcher(address).matches()
                ? base58(type, address)
                : NormalForm.not("holdings.wallet-chain-unknown", type);
    }

    private static IdentifierReading evm(IdentifierType type, String address) {
        String digits = address.substring(2);
        String lower = digits.toLowerCase(Locale.ROOT);
        if (Spelling.isPlaceholder(lower)) {
            return NormalForm.not("holdings.identifier-placeholder", type);
        }
        boolean oneCase = digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT));
        boolean passes = oneCase || digits.equals(Keccak256.eip55(lower));
        return NormalForm.soundIf(passes, type, "evm:0x" + lower, Warning.CHECK_DIGIT);
    }

    private static IdentifierReading bech32(IdentifierType type, String address, String chain) {
        String lower = address.toLowerCase(Locale.ROOT);
        boolean mixed = !address.equals(lower) && !address.equals(address.toUpperCase(Locale.ROOT));
        return switch (mixed ? Bech32.Check.OTHER_FORM : Bech32.check(lower)) {
            case PASSES -> NormalForm.sound(type, chain + ":" + lower);
            case FAILS -> NormalForm.flagged(type, chain + ":" + lower, Warning.CHECK_DIGIT);
            case OTHER_FORM -> NormalForm.wrongForm(type);
        };
    }

    private static IdentifierReading base58(IdentifierType type, String address) {
        byte[] bytes = Base58.decode(address);
        if (bytes.length != 25 && bytes.length != 26) {
            return NormalForm.not("holdings.wallet-chain-unknown", type);
        }
        String version = HexFormat.of().formatHex(bytes, 0, bytes.length - 24);
        Optional<String> chain = Optional.ofNullable(CHAIN_BY_VERSION.get(version));
        if (chain.isEmpty()) {
            return NormalForm.not("holdings.wallet-chain-unknown", type);
        }
        byte[] checksum = Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length);
        boolean passes = Arrays.equals(checksum, Base58.checksum(bytes, bytes.length - 4));
        return NormalForm.soundIf(passes, type, chain.get() + ":" + address, Warning.CHECK_DIGIT);
    }
}
