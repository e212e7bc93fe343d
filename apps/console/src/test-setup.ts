import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

/** Machines are busy: what is awaited may take its time, what never comes still fails. */
configure({ asyncUtilTimeout: 8000 })

/** What jsdom lacks and antd or CodeMirror ask for at once. */
class SizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

function media(query: string): MediaQueryList {
  const target = new EventTarget()
  return Object.assign(target, {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
}

window.matchMedia = media
globalThis.ResizeObserver = SizeObserver
Range.prototype.getClientRects = () => document.createElement('div').getClientRects()
Range.prototype.getBoundingClientRect = () => new DOMRect()

/** jsdom has <dialog> without its methods. */
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
Element.prototype.scrollIntoView = () => undefined

afterEach(cleanup)
