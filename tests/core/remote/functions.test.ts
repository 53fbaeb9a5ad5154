import { functionsOn } from './functions.js';
import { REMOTE } from './support.js';

functionsOn(REMOTE);
