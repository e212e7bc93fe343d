/** A sentence with gaps for what a message fills in; several gaps in a row, or a gap and the end, read as one. */
export function withoutParams(sentence: string): string {
  return sentence
    .replaceAll(/\{\{\w+\}\}/g, '…')
    .replaceAll(/ ?[(（]…[)）]/g, '')
    .replaceAll(/…(?:\/…)+/g, '…')
    .replaceAll(/…[.。]/g, '…')
}
