import { networksOn } from './networks.js';
import { REMOTE } from './support.js';

networksOn(REMOTE);
