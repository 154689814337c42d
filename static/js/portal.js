// The one script of the portal: starts the behaviours, each in a module of its own, hooked by data- attributes.
// Every page works without it.
import { start as startAutosave } from "./autosave.js";
import { start as startCopy } from "./copy.js";
import { start as startFilters } from "./filters.js";
import { start as startFocus } from "./focus.js";
import { start as startLanguages } from "./languages.js";
import { start as startMenu } from "./menu.js";
import { start as startPasskeys } from "./passkeys.js";
import { start as startPlaces } from "./places.js";
import { start as startPrint } from "./print.js";
import { start as startSums } from "./sums.js";

for (const start of [startMenu, startLanguages, startFilters, startFocus, startCopy, startPasskeys, startPrint, startPlaces, startAutosave, startSums]) start(document);
