/** Sentences the frame can do without: loaded beside the first page, so that they do not hold it up. */
import './istio.ts'
import './reasons.ts'
