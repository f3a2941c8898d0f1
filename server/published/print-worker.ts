/** Prints one letter (print.ts), and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LetterPageView } from '../../shared/pages/letter-view.ts';
import { letterPdf } from '../../shared/print/letter-pdf.ts';
import './fonts.ts';

const view: LetterPageView = workerData;
const pdf = letterPdf(view);
parentPort?.postMessage(pdf, [pdf.buffer]);
