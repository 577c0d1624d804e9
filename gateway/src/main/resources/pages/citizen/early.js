// Asks for the token while the page's other scripts are still on their way.
import { visitor } from './api.js';

visitor.ready();
