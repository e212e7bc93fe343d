import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The API document as one page to read: no script, nothing from elsewhere. */
export function docsPage(document: unknown): string {
  const rows = Object.entries(recordAt(document, 'paths')).flatMap(([path, item]) =>
    methods
      .filter((method) => Object.hasOwn(recordAt(item), method))
      .map((method) => operation(path, method, recordAt(item, method))),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Orbweaver API</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Orbweaver API ${text(textAt(document, 'info', 'version') ?? '')}</h1>
<p>${text(textAt(document, 'info', 'description') ?? '')}</p>
<p>Base path <code>/api/v1</code>. The document itself: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
${rows.join('\n')}
</main>
</body>
</html>
`
}

function operation(path: string, method: string, item: unknown): string {
  const summary = textAt(item, 'summary') ?? ''
  const parameters = listAt(item, 'parameters').map(parameter)
  const body = schemaBlock('Body', recordAt(item, 'requestBody', 'content', 'application/json', 'schema'))
  const answers = Object.entries(recordAt(item, 'responses')).map(([status, answer]) => response(status, answer))
  return `<details>
<summary><span class="method">${method.toUpperCase()}</span> <code>${text(path)}</code> <span>${text(summary)}</span></summary>
${parameters.length === 0 ? '' : `<h3>Parameters</h3><ul>${parameters.join('')}</ul>`}
${body}
<h3>Answers</h3>
${answers.join('\n')}
</details>`
}

function parameter(each: unknown): string {
  const schema = JSON.stringify(recordAt(each, 'schema'))
  return `<li><code>${text(textAt(each, 'name') ?? '')}</code> in ${text(textAt(each, 'in') ?? '')} <code>${text(schema)}</code></li>`
}

function response(status: string, answer: unknown): string {
  const [content] = Object.values(recordAt(answer, 'content'))
  return schemaBlock(`${status} ${textAt(answer, 'description') ?? ''}`, recordAt(content, 'schema'))
}

function schemaBlock(title: string, schema: object): string {
  if (Object.keys(schema).length === 0) return ''
  return `<details><summary>${text(title)}</summary><pre>${text(JSON.stringify(schema, null, 2))}</pre></details>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function text(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (each) => entities[each] ?? each)
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
details { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
pre { overflow: auto; max-height: 30rem; }
code { overflow-wrap: anywhere; }
`
