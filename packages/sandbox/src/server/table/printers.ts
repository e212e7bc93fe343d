import type { Printer } from './printer.ts'
import { configPrinters } from './config-printers.ts'
import { podPrinter } from './pod-printer.ts'
import { workloadPrinters } from './workload-printers.ts'

const printers: Readonly<Record<string, Printer>> = { pods: podPrinter, ...workloadPrinters, ...configPrinters }

export function printerOf(key: string): Printer | undefined {
  return Object.hasOwn(printers, key) ? printers[key] : undefined
}
