import { trainingOn } from './training.js';
import { REMOTE } from './support.js';

trainingOn(REMOTE);
