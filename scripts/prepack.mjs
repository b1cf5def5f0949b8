// What `npm pack` runs first, so that it packs what the source says now.
import { ensureBuild, ensureDependencies, ensureTools } from './setup.mjs';

ensureTools();
ensureDependencies();
ensureBuild();
