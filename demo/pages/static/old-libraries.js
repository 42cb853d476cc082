// Extends built-in prototypes as libraries of 2008 to 2015 did: enumerable in for-in loops, and under names that later
// became standard.
Object.prototype.extend = function (other) {
  for (const name in other) this[name] = other[name]
  return this
}
Object.prototype.default = 'not what was meant'
Array.prototype.remove = function (item) {
  return this.splice(this.indexOf(item), 1)
}
// Prototype up to 1.6 returns a text, which JSON.stringify then quotes.
Array.prototype.toJSON = function () {
  return `[${this.map((item) => JSON.stringify(item)).join(', ')}]`
}
Object.prototype.toJSON = function () {
  return JSON.stringify(Object.entries(this))
}
Array.from = (list) => Array.prototype.slice.call(list)
Element.prototype.hide = function () {
  this.setAttribute('hidden', '')
}
Element.prototype.remove = function () {
  this.parentNode?.removeChild(this)
}
Element.prototype.getElementsByClassName = (name) => document.querySelectorAll(`.${name}`)
Function.prototype.bind = function (self, ...first) {
  const call = this
  return function (...rest) {
    return call.apply(self, [...first, ...rest])
  }
}
String.prototype.trim = function () {
  return this.replace(/^\s+|\s+$/g, '')
}
