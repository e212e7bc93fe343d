import { numberAt, textAt } from '@orbweaver/contracts/json'
import { ageOf } from './age.ts'
import { column, type Printer } from './printer.ts'

/** Source: kubernetes pkg/printers/internalversion/printers.go printEvent v1.36. */
export const eventPrinter: Printer = {
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    column('Subobject', 'string', 1),
    column('Source', 'string', 1),
    column('Message'),
    column('First Seen', 'string', 1),
    column('Count', 'string', 1),
    column('Name', 'string', 1),
  ],
  cells: (event, now) => {
    const text = (...path: string[]): string => textAt(event, ...path) ?? ''
    const first = ageOf(textAt(event, 'firstTimestamp') ?? textAt(event, 'eventTime'), now)
    const last = textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp')
    const source = [text('source', 'component') || text('reportingComponent'), text('source', 'host')]
    return [
      last === undefined ? first : ageOf(last, now),
      text('type'),
      text('reason'),
      [text('involvedObject', 'kind').toLowerCase(), text('involvedObject', 'name')].filter(Boolean).join('/'),
      text('involvedObject', 'fieldPath'),
      source.filter(Boolean).join(', '),
      text('message').trim(),
      first,
      numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
      event.metadata.name,
    ]
  },
}
